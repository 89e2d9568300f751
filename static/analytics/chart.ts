// Charts of our own: SVG, keyboard and screen reader first, a data table always, mirrored where text runs leftwards.
import { frame, heat, plot, spark, type Drawing, type Stop } from './marks.ts';
import type { Locale, Series, Spec } from './spec.ts';
import { html, svg } from './svg.ts';
import { words, type Words } from './words.ts';

const HEIGHT = 240;
let made = 0;

/** Draw `spec` into `figure`, again whenever its width changes. */
export function chart(figure: HTMLElement, spec: Spec, locale: Locale): void {
  made += 1;
  const id = `chart-${made}`;
  const say = words(locale);
  if (spec.kind === 'spark') {
    drawSpark(figure, spec, locale);
    return;
  }
  if (!spec.series.some((one) => one.values.some((value) => value !== null && (value !== 0 || spec.unit !== 'count')))) {
    figure.append(html('p', { class: 'chart__empty' }, [spec.texts.empty]));
    return;
  }
  const area = html('div', { class: 'chart__area', role: 'img', tabindex: 0, 'aria-label': summary(spec, say) });
  const tip = html('div', { class: 'chart__tip', 'aria-hidden': 'true', hidden: '' });
  const spoken = html('div', { class: 'visually-hidden', role: 'status' });
  const legend = spec.kind === 'heat' || spec.series.length < 2 ? [] : [legendOf(spec)];
  figure.append(...legend, html('div', { class: 'chart__stage' }, [area, tip]), spoken, tableOf(spec, say));
  let stops: Stop[] = [];
  const draw = (): void => {
    const width = area.clientWidth;
    if (!width) return;
    const height = spec.kind === 'heat' ? 34 + spec.series.length * 26 : HEIGHT;
    const box = frame(spec, locale, say, width, height);
    const drawing: Drawing = spec.kind === 'heat' ? heat(spec, say, box) : plot(spec, say, box, id);
    stops = drawing.stops;
    area.replaceChildren(svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' }, drawing.nodes));
    tip.hidden = true;
  };
  draw();
  new ResizeObserver(draw).observe(area);
  explore({ area, tip, spoken, spec, say, locale, stops: () => stops });
}

interface Explored {
  area: HTMLElement;
  tip: HTMLElement;
  spoken: HTMLElement;
  spec: Spec;
  say: Words;
  locale: Locale;
  stops(): Stop[];
}

/** Pointer and arrow keys walk from stop to stop; Enter and a click open the conversations behind one. */
function explore(one: Explored): void {
  const { area, tip, spec, locale } = one;
  let active = -1;
  const show = (index: number, aloud: boolean): void => {
    const stop = one.stops()[index];
    if (!stop) return;
    active = index;
    const [title, ...rows] = describe(spec, stop, one.say);
    tip.replaceChildren(html('strong', {}, [title ?? '']), ...rows.map((row) => html('div', {}, [row])));
    tip.hidden = false;
    const room = area.clientWidth - tip.offsetWidth;
    tip.style.insetInlineStart = `${Math.max(0, Math.min(room, stop.at - tip.offsetWidth / 2))}px`;
    tip.style.insetBlockStart = `${Math.max(0, stop.top - tip.offsetHeight - 10)}px`;
    area.querySelector('.chart__here')?.remove();
    const here = locale.isRtl ? area.clientWidth - stop.at : stop.at;
    area.firstElementChild?.append(svg('line', { class: 'chart__here', x1: here, x2: here, y1: 8, y2: area.clientHeight - 24 }));
    if (aloud) one.spoken.textContent = [title, ...rows].join(', ');
  };
  const hide = (): void => {
    tip.hidden = true;
    area.querySelector('.chart__here')?.remove();
  };
  const open = (): void => {
    const stop = one.stops()[active];
    const href = stop && hrefOf(spec, stop);
    if (href) window.location.assign(href);
  };
  area.addEventListener('pointermove', (event) => {
    const box = area.getBoundingClientRect();
    const at = locale.isRtl ? box.right - event.clientX : event.clientX - box.left;
    const top = event.clientY - box.top;
    const found = one.stops().findIndex((stop) => Math.abs(stop.at - at) <= stop.width / 2 && (stop.row === undefined || (top >= stop.top && top < stop.top + 26)));
    if (found >= 0) show(found, false);
  });
  area.addEventListener('pointerleave', hide);
  area.addEventListener('blur', hide);
  area.addEventListener('click', open);
  area.addEventListener('keydown', (event) => {
    const columns = spec.xs.length;
    const forward = locale.isRtl ? 'ArrowLeft' : 'ArrowRight';
    const steps: Record<string, number> = {
      [forward]: active + 1,
      [locale.isRtl ? 'ArrowRight' : 'ArrowLeft']: active - 1,
      ArrowDown: spec.kind === 'heat' ? active + columns : active,
      ArrowUp: spec.kind === 'heat' ? active - columns : active,
      Home: 0,
      End: one.stops().length - 1,
    };
    const next = steps[event.key];
    if (next !== undefined) {
      event.preventDefault();
      show(Math.max(0, Math.min(one.stops().length - 1, next)), true);
    } else if (event.key === 'Enter') open();
    else if (event.key === 'Escape') hide();
  });
}

function hrefOf(spec: Spec, stop: Stop): string | undefined {
  const series = stop.row === undefined ? spec.series.find((one) => one.href) : spec.series[stop.row];
  return series?.href && `${series.href}${encodeURIComponent((spec.keys ?? spec.xs)[stop.x] ?? '')}`;
}

function sized(spec: Spec, one: Series, index: number, say: Words): string {
  const size = one.sizes?.[index];
  return size ? ` (${spec.texts.size.replace('%(n)s', say.number(size))})` : '';
}

function describe(spec: Spec, stop: Stop, say: Words): string[] {
  const x = spec.xs[stop.x] ?? '';
  if (stop.row !== undefined) {
    const row = spec.series[stop.row];
    return [`${row?.name ?? ''} ${x}`, say.value(spec.unit, row?.values[stop.x] ?? null)];
  }
  return [
    say.point(spec.axis, x),
    ...spec.series.map((one) => `${one.name}: ${say.value(spec.unit, one.values[stop.x] ?? null)}${sized(spec, one, stop.x, say)}`),
  ];
}

function summary(spec: Spec, say: Words): string {
  const first = spec.xs[0];
  const last = spec.xs[spec.xs.length - 1];
  if (spec.kind === 'heat' || first === undefined || last === undefined) return spec.title;
  return `${spec.title}: ${say.point(spec.axis, first)} – ${say.point(spec.axis, last)}`;
}

function legendOf(spec: Spec): HTMLElement {
  const keys = spec.series.map((one, index) => {
    const isLine = spec.kind === 'lines' || one.mark === 'line';
    return html('li', { class: `chart__key s${index + 1} ${isLine ? 'chart__key--line' : 'chart__key--bar'}` }, [one.name]);
  });
  return html('ul', { class: 'chart__legend', 'aria-hidden': 'true' }, keys);
}

/** The same figures as a table, made when it is first asked for. */
function tableOf(spec: Spec, say: Words): HTMLElement {
  const toggle = html('summary', {}, [spec.texts.table]);
  const details = html('details', { class: 'chart__data' }, [toggle]);
  details.addEventListener('toggle', () => {
    if (details.childElementCount > 1) return;
    const head = html('tr', {}, [spec.texts.x, ...spec.series.map((one) => one.name)].map((name) => html('th', { scope: 'col' }, [name])));
    const rows = spec.xs.map((x, index) => html('tr', {}, [
      html('th', { scope: 'row' }, [say.point(spec.axis, x)]),
      ...spec.series.map((one) => html('td', { class: 'num' }, [say.value(spec.unit, one.values[index] ?? null) + sized(spec, one, index, say)])),
    ]));
    const table = html('table', { class: 'table' }, [
      html('caption', { class: 'visually-hidden' }, [spec.title]), html('thead', {}, [head]), html('tbody', {}, rows),
    ]);
    details.append(html('div', { class: 'table-wrap', tabindex: 0, role: 'group', 'aria-label': spec.title }, [table]));
  });
  return details;
}

function drawSpark(figure: HTMLElement, spec: Spec, locale: Locale): void {
  const [width, height] = [figure.clientWidth || 160, 32];
  const flip = (at: number): number => (locale.isRtl ? width - at : at);
  figure.append(svg('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', preserveAspectRatio: 'none' }, spark(spec, { width, height, flip })));
}
