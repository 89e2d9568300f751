// The marks of a chart: lines, bars, cells. Positions run along the text; `flip` mirrors them where text runs leftwards.
import { labelStep, ticks } from './scale.ts';
import type { Locale, Series, Spec } from './spec.ts';
import { svg } from './svg.ts';
import type { Words } from './words.ts';

/** One stop of the pointer and of the arrow keys. `at` is its distance from where text begins. */
export interface Stop {
  at: number;
  top: number;
  width: number;
  x: number;
  row?: number;
}

export interface Drawing {
  nodes: SVGElement[];
  stops: Stop[];
}

interface Frame {
  width: number;
  height: number;
  inset: number;
  top: number;
  bottom: number;
  flip(at: number): number;
}

const LABEL = 11;

export function frame(spec: Spec, locale: Locale, words: Words, width: number, height: number): Frame {
  const labels = spec.kind === 'heat'
    ? spec.series.map((one) => one.name)
    : ticks(highest(spec), spec.unit).map((tick) => words.value(spec.unit, tick));
  const inset = Math.min(width / 4, 12 + 6.4 * Math.max(...labels.map((label) => label.length)));
  const flip = (at: number): number => (locale.isRtl ? width - at : at);
  return { width, height, inset, top: 8, bottom: height - 24, flip };
}

function isLine(spec: Spec, one: Series): boolean {
  return spec.kind === 'lines' || one.mark === 'line';
}

/** The highest stack of bars or point of a line. */
export function highest(spec: Spec): number {
  const stacks = spec.xs.map((_x, index) =>
    spec.series.filter((one) => !isLine(spec, one)).reduce((sum, one) => sum + (one.values[index] ?? 0), 0));
  const points = spec.series.filter((one) => isLine(spec, one)).flatMap((one) => one.values.map((value) => value ?? 0));
  return Math.max(0, ...stacks, ...points);
}

function axes(spec: Spec, words: Words, box: Frame, y: (value: number) => number, x: (index: number) => number): SVGElement[] {
  const made: SVGElement[] = ticks(highest(spec), spec.unit).flatMap((tick) => [
    svg('line', { class: 'chart__grid', x1: box.flip(box.inset), x2: box.flip(box.width), y1: y(tick), y2: y(tick) }),
    svg('text', { class: 'chart__label', x: box.flip(box.inset - 8), y: y(tick) + 4, 'text-anchor': 'end' }, [words.value(spec.unit, tick)]),
  ]);
  const step = labelStep(spec.xs.length, box.width - box.inset, spec.axis === 'names' ? 24 : 60);
  spec.xs.forEach((value, index) => {
    if (index % step) return;
    made.push(svg('text', { class: 'chart__label', x: box.flip(x(index)), y: box.bottom + 18, 'text-anchor': 'middle' }, [words.tick(spec.axis, value)]));
  });
  return made;
}

function line(one: Series, number: number, box: Frame, x: (index: number) => number, y: (value: number) => number): SVGElement[] {
  let path = '';
  let isOpen = false;
  one.values.forEach((value, index) => {
    if (value !== null) path += `${isOpen ? 'L' : 'M'}${box.flip(x(index)).toFixed(1)} ${y(value).toFixed(1)}`;
    isOpen = value !== null;
  });
  const marks = one.values.flatMap((value, index) => {
    // A point between two gaps has no line to be seen by.
    const isAlone = (one.values[index - 1] ?? null) === null && (one.values[index + 1] ?? null) === null;
    return value !== null && (isAlone || one.values.length <= 31)
      ? [svg('circle', { class: `chart__dot s${number}`, cx: box.flip(x(index)), cy: y(value), r: 3 })]
      : [];
  });
  return [svg('path', { class: `chart__line s${number}`, d: path }), ...marks];
}

/** Fills told apart without colour: plain, then stripes one way, then the other. */
function pattern(id: string, number: number): SVGElement {
  const lines = svg('path', { class: `chart__stripe s${number}`, d: number % 2 ? 'M0 0L6 6' : 'M0 6L6 0' });
  const ground = svg('rect', { class: `chart__ground s${number}`, width: 6, height: 6 });
  return svg('pattern', { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse' }, [ground, lines]);
}

export function plot(spec: Spec, words: Words, box: Frame, id: string): Drawing {
  const scale = ticks(highest(spec), spec.unit);
  const top = scale[scale.length - 1] ?? 1;
  const y = (value: number): number => box.bottom - ((box.bottom - box.top) * value) / top;
  const band = (box.width - box.inset) / Math.max(1, spec.xs.length);
  const x = (index: number): number => box.inset + band * (index + 0.5);
  const bar = Math.max(1.5, Math.min(spec.axis === 'names' ? 64 : 28, band * 0.68));
  const nodes = axes(spec, words, box, y, x);
  const heights = spec.xs.map(() => 0);
  spec.series.forEach((one, index) => {
    const number = index + 1;
    if (isLine(spec, one)) {
      nodes.push(...line(one, number, box, x, y));
      return;
    }
    const fill = number === 1 ? '' : `url(#${id}-${number})`;
    if (fill) nodes.push(svg('defs', {}, [pattern(`${id}-${number}`, number)]));
    one.values.forEach((value, point) => {
      if (!value) return;
      const from = heights[point] ?? 0;
      heights[point] = from + value;
      nodes.push(svg('rect', {
        class: `chart__bar s${number}`, ...(fill ? { fill } : {}), rx: Math.min(2, bar / 3),
        x: box.flip(x(point)) - bar / 2, y: y(from + value), width: bar, height: Math.max(1, y(from) - y(from + value)),
      }));
    });
  });
  const stops = spec.xs.map((_x, index) => {
    const tallest = Math.max(heights[index] ?? 0, ...spec.series.filter((one) => isLine(spec, one)).map((one) => one.values[index] ?? 0));
    return { at: x(index), top: y(tallest), width: band, x: index };
  });
  return { nodes, stops };
}

export function heat(spec: Spec, words: Words, box: Frame): Drawing {
  const most = Math.max(1, ...spec.series.flatMap((one) => one.values.map((value) => value ?? 0)));
  const columns = spec.xs.length;
  const cell = (box.width - box.inset) / columns;
  const row = (box.bottom - box.top) / spec.series.length;
  const nodes: SVGElement[] = [];
  const stops: Stop[] = [];
  const step = labelStep(columns, box.width - box.inset, 26);
  spec.series.forEach((one, line) => {
    const top = box.top + row * line;
    nodes.push(svg('text', { class: 'chart__label', x: box.flip(box.inset - 8), y: top + row / 2 + 4, 'text-anchor': 'end' }, [one.name]));
    one.values.forEach((value, index) => {
      const at = box.inset + cell * (index + 0.5);
      const share = (value ?? 0) / most;
      const level = value ? Math.max(1, Math.ceil(share * 5)) : 0;
      nodes.push(svg('rect', {
        class: `chart__cell l${level}`, x: box.flip(at) - cell / 2 + 1, y: top + 1, width: Math.max(1, cell - 2), height: row - 2, rx: 3,
      }));
      // The number itself where it fits: shades alone are for those who see them.
      if (value && cell >= LABEL + 9) {
        nodes.push(svg('text', { class: `chart__in l${level}`, x: box.flip(at), y: top + row / 2 + 4, 'text-anchor': 'middle' }, [words.number(value)]));
      }
      stops.push({ at, top, width: cell, x: index, row: line });
    });
  });
  spec.xs.forEach((value, index) => {
    if (index % step) return;
    nodes.push(svg('text', { class: 'chart__label', x: box.flip(box.inset + cell * (index + 0.5)), y: box.bottom + 18, 'text-anchor': 'middle' }, [value]));
  });
  return { nodes, stops };
}

/** A small line without axes, for a tile. */
export function spark(spec: Spec, box: { width: number; height: number; flip(at: number): number }): SVGElement[] {
  const values = spec.series[0]?.values ?? [];
  const top = Math.max(1, ...values.map((value) => value ?? 0));
  const x = (index: number): number => box.flip(2 + ((box.width - 4) * index) / Math.max(1, values.length - 1));
  const y = (value: number): number => box.height - 3 - ((box.height - 6) * value) / top;
  let path = '';
  let isOpen = false;
  values.forEach((value, index) => {
    if (value !== null) path += `${isOpen ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    isOpen = value !== null;
  });
  return path ? [svg('path', { class: 'chart__line s1', d: path })] : [];
}
