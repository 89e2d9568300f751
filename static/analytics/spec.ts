// What the server asks a chart to draw. The same object is the source of the drawing and of its data table.

export type Unit = 'count' | 'seconds' | 'percent';
export type Axis = 'hour' | 'day' | 'week' | 'names';

export interface Series {
  name: string;
  values: readonly (number | null)[];
  /** How it is drawn in a chart of kind `bars`; bars of one chart stand on top of each other. */
  mark?: 'bar' | 'line';
  /** Sample sizes, shown beside the values. */
  sizes?: readonly number[];
  /** Where the value of a point leads, but for the point itself. */
  href?: string;
}

export interface Spec {
  kind: 'lines' | 'bars' | 'heat' | 'spark';
  title: string;
  unit: Unit;
  axis: Axis;
  /** Moments (hour), days as 2026-11-21 (day, week) or names. */
  xs: readonly string[];
  /** What stands for a point in an address; `xs` when absent. */
  keys?: readonly string[];
  /** Rows of a heat map, as many as there are series. */
  series: readonly Series[];
  texts: { table: string; chart: string; x: string; size: string; empty: string };
}

export interface Locale {
  language: string;
  calendar: string;
  timeZone: string;
  isRtl: boolean;
}
