// From values to heights: round steps, in the units a person counts in.
import type { Unit } from './spec.ts';

const TIME_STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 432_000,
  864_000, 1_728_000, 4_320_000,
];

function decimalStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough) ?? 10;
  return factor * power;
}

/** The ticks of an axis from 0 to at least `highest`, about `wanted` of them. */
export function ticks(highest: number, unit: Unit, wanted = 4): number[] {
  if (unit === 'percent') return [0, 25, 50, 75, 100];
  const rough = Math.max(highest, 1) / wanted;
  const timely = unit === 'seconds' ? TIME_STEPS.find((step) => step >= rough) : undefined;
  const step = timely ?? Math.max(unit === 'count' ? 1 : 0, decimalStep(rough));
  const count = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_unused, index) => index * step);
}

/** Every how many points a label fits. */
export function labelStep(points: number, width: number, labelWidth: number): number {
  return Math.max(1, Math.ceil((points * labelWidth) / Math.max(width, 1)));
}
