import { beforeEach, expect, it, vi } from 'vitest';
import { chart } from '../../../static/analytics/chart.ts';
import { labelStep, ticks } from '../../../static/analytics/scale.ts';
import type { Locale, Spec } from '../../../static/analytics/spec.ts';

const WIDTH = 640;
const english: Locale = { language: 'en', calendar: 'gregory', timeZone: 'UTC', isRtl: false };
const arabic: Locale = { ...english, language: 'ar', isRtl: true };
const spec: Spec = {
  kind: 'bars', title: 'Conversations', unit: 'count', axis: 'day',
  xs: ['2026-11-19', '2026-11-20', '2026-11-21'],
  series: [
    { name: 'New', values: [4, 0, 2], href: '?measure=new&point=' },
    { name: 'Reopened', values: [1, 0, 0] },
    { name: 'Resolved', values: [3, 1, null], mark: 'line' },
  ],
  texts: { table: 'Show as a table', chart: 'Show as a chart', x: 'Time', size: 'n = %(n)s', empty: 'Nothing happened.' },
};

// happy-dom lays nothing out.
class Still implements ResizeObserver {
  observe(): void { /* the width stays */ }
  unobserve(): void { /* the same */ }
  disconnect(): void { /* the same */ }
}

function drawn(one: Spec, locale = english): HTMLElement {
  const figure = document.createElement('figure');
  document.body.append(figure);
  chart(figure, one, locale);
  return figure;
}

const area = (figure: HTMLElement): HTMLElement => figure.querySelector('[role="img"]') as HTMLElement;
const press = (figure: HTMLElement, key: string): boolean => area(figure).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
const spoken = (figure: HTMLElement): string | null | undefined => figure.querySelector('[role="status"]')?.textContent;
const xs = (figure: HTMLElement, selector: string): number[] =>
  [...figure.querySelectorAll(selector)].map((bar) => Number(bar.getAttribute('x')));

beforeEach(() => {
  document.body.replaceChildren();
  vi.stubGlobal('ResizeObserver', Still);
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => WIDTH });
});

it('is an image with a name that says what and when', () => {
  expect(area(drawn(spec)).getAttribute('aria-label')).toBe('Conversations: Thu, Nov 19, 2026 – Sat, Nov 21, 2026');
});

it('stacks its bars and draws nothing where there is nothing', () => {
  const figure = drawn(spec);
  const [four, two] = figure.querySelectorAll('rect.s1');
  const [one] = figure.querySelectorAll('rect.chart__bar.s2');
  expect(figure.querySelectorAll('rect.chart__bar')).toHaveLength(3);
  expect(Number(four?.getAttribute('height'))).toBeCloseTo(2 * Number(two?.getAttribute('height')));
  expect(Number(one?.getAttribute('y')) + Number(one?.getAttribute('height'))).toBeCloseTo(Number(four?.getAttribute('y')));
});

it('tells series apart by more than colour', () => {
  const fill = drawn(spec).querySelector('rect.chart__bar.s2')?.getAttribute('fill') ?? '';
  expect(document.querySelector(fill.slice(4, -1))?.tagName).toBe('pattern');
});

it('breaks a line where nothing was measured', () => {
  const path = drawn({ ...spec, kind: 'lines', series: [{ name: 'Median', values: [1, null, 3] }] }).querySelector('path')?.getAttribute('d');
  expect(path?.match(/M/g)).toHaveLength(2);
});

it('mirrors its axis where text runs leftwards', () => {
  const [first, last] = xs(drawn(spec), 'rect.s1');
  const [mirroredFirst, mirroredLast] = xs(drawn(spec, arabic), 'rect.s1');
  expect(first).toBeLessThan(last ?? 0);
  expect(mirroredFirst).toBeGreaterThan(mirroredLast ?? 0);
});

it('is walked with the arrow keys, aloud', () => {
  const figure = drawn(spec);
  press(figure, 'ArrowRight');
  expect(spoken(figure)).toBe('Thu, Nov 19, 2026, New: 4, Reopened: 1, Resolved: 3');
  press(figure, 'End');
  expect(spoken(figure)).toBe('Sat, Nov 21, 2026, New: 2, Reopened: 0, Resolved: –');
  press(figure, 'ArrowLeft');
  expect(spoken(figure)).toContain('Nov 20');
});

it('the left arrow goes on where text runs leftwards', () => {
  const figure = drawn(spec, arabic);
  press(figure, 'ArrowLeft');
  press(figure, 'ArrowLeft');
  expect(spoken(figure)).toContain('20 نوفمبر');
});

it('leaves other keys to the page', () => {
  expect(press(drawn(spec), 'Tab')).toBe(true);
});

it('opens the conversations behind a point', () => {
  const assign = vi.fn();
  vi.stubGlobal('location', { assign });
  const figure = drawn(spec);
  press(figure, 'Home');
  press(figure, 'Enter');
  expect(assign).toHaveBeenCalledWith('?measure=new&point=2026-11-19');
  vi.unstubAllGlobals();
});

it('has all its figures in a table', () => {
  const figure = drawn({ ...spec, series: [{ name: 'Median', values: [90, null, 30], sizes: [12, 0, 3] }], unit: 'seconds', kind: 'lines' });
  const details = figure.querySelector('details') as HTMLDetailsElement;
  expect(details.textContent).toBe('Show as a table');
  details.dispatchEvent(new Event('toggle'));
  details.dispatchEvent(new Event('toggle'));
  const rows = [...details.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent));
  expect(rows).toEqual([
    ['Time', 'Median'],
    ['Thu, Nov 19, 2026', '1 min 30 sec (n = 12)'],
    ['Fri, Nov 20, 2026', '–'],
    ['Sat, Nov 21, 2026', '30 sec (n = 3)'],
  ]);
});

it('a heat map has a cell for every hour, with its number in it', () => {
  const hours = Array.from({ length: 24 }, (_unused, hour) => String(hour));
  const figure = drawn({ ...spec, kind: 'heat', axis: 'names', xs: hours, keys: hours, series: [
    { name: 'Mon', values: hours.map((hour) => (hour === '9' ? 8 : 0)) }, { name: 'Tue', values: hours.map(() => 1) },
  ] });
  expect(figure.querySelectorAll('.chart__cell')).toHaveLength(48);
  expect(figure.querySelectorAll('.chart__cell.l5')).toHaveLength(1);
  expect(figure.querySelector('.chart__in.l5')?.textContent).toBe('8');
  press(figure, 'ArrowRight');
  press(figure, 'ArrowDown');
  expect(spoken(figure)).toBe('Tue 0, 1');
});

it('says why it is empty', () => {
  const figure = drawn({ ...spec, series: [{ name: 'New', values: [0, 0, 0] }] });
  expect(figure.textContent).toBe('Nothing happened.');
});

it('a text of the data is never markup', () => {
  const figure = drawn({ ...spec, series: [{ name: '<img src=x onerror=alert(1)>', values: [1, 1, 1] }, { name: 'b', values: [1, 1, 1] }] });
  press(figure, 'Home');
  expect(figure.querySelector('img')).toBeNull();
});

it('steps are round, in the units people count in', () => {
  expect(ticks(7, 'count')).toEqual([0, 2, 4, 6, 8]);
  expect(ticks(0, 'count')).toEqual([0, 1]);
  expect(ticks(17, 'count')).toEqual([0, 5, 10, 15, 20]);
  expect(ticks(200, 'seconds')).toEqual([0, 60, 120, 180, 240]);
  expect(ticks(7000, 'seconds')).toEqual([0, 1800, 3600, 5400, 7200]);
  expect(ticks(3, 'percent')).toEqual([0, 25, 50, 75, 100]);
});

it('labels never overlap', () => {
  expect([labelStep(7, 700, 60), labelStep(90, 600, 60), labelStep(1, 0, 60)]).toEqual([1, 9, 60]);
});
