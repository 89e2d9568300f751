// Numbers, durations and dates with Intl. Calendar and digits are always given: their defaults differ by browser.
import type { Axis, Locale, Unit } from './spec.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

type Part = [number, 'second' | 'minute' | 'hour' | 'day'];

export interface Words {
  value(unit: Unit, value: number | null): string;
  number(value: number): string;
  duration(seconds: number): string;
  /** Short, below an axis. */
  tick(axis: Axis, x: string): string;
  /** In full, in a tooltip and in the table. */
  point(axis: Axis, x: string): string;
  clock(iso: string): string;
}

function pair(amount: number, size: number, large: Part[1], small: Part[1]): Part[] {
  const rest = amount % size;
  const whole: Part = [Math.floor(amount / size), large];
  return rest ? [whole, [rest, small]] : [whole];
}

/** The one or two units a person would say. The server's `analytics.wording` splits alike. */
export function split(seconds: number): Part[] {
  const whole = Math.round(seconds);
  if (whole < MINUTE) return [[whole, 'second']];
  // No finer than a median is known, which is to 1 %.
  const fives = 5 * Math.round(seconds / 5);
  if (fives < 10 * MINUTE) return pair(fives, MINUTE, 'minute', 'second');
  const minutes = Math.round(seconds / MINUTE);
  if (minutes < 60) return [[minutes, 'minute']];
  if (minutes < 24 * 60) return pair(minutes, 60, 'hour', 'minute');
  const hours = Math.round(seconds / HOUR);
  if (hours < 240) return pair(hours, 24, 'day', 'hour');
  return [[Math.round(seconds / DAY), 'day']];
}

export function words(locale: Locale): Words {
  const digits = locale.language.startsWith('fa') ? 'arabext' : 'latn';
  const tag = `${locale.language}-u-ca-${locale.calendar}-nu-${digits}`;
  const plain = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
  const units = new Map<string, Intl.NumberFormat>();
  const dates = new Map<string, Intl.DateTimeFormat>();

  const unit = (amount: number, name: Part[1]): string => {
    const format = units.get(name) ?? new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: 'short' });
    units.set(name, format);
    return format.format(amount);
  };
  const date = (x: string, options: Intl.DateTimeFormatOptions): string => {
    // A day has no time and no zone: it is read and written in UTC.
    const timeZone = x.length === 10 ? 'UTC' : locale.timeZone;
    const key = timeZone + JSON.stringify(options);
    const format = dates.get(key) ?? new Intl.DateTimeFormat(tag, { timeZone, ...options });
    dates.set(key, format);
    return format.format(new Date(x));
  };
  const clock = (x: string): string => date(x, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const duration = (seconds: number): string => split(seconds).map(([amount, name]) => unit(amount, name)).join(' ');

  return {
    number: (value) => plain.format(value),
    duration,
    clock,
    value(kind, value) {
      if (value === null) return '–';
      if (kind === 'seconds') return duration(value);
      return kind === 'percent' ? percent.format(value / 100) : plain.format(value);
    },
    tick(axis, x) {
      if (axis === 'names') return x;
      return axis === 'hour' ? clock(x) : date(x, { day: 'numeric', month: 'short' });
    },
    point(axis, x) {
      if (axis === 'names') return x;
      if (axis === 'hour') return `${date(x, { day: 'numeric', month: 'short' })}, ${clock(x)}`;
      return date(x, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
    },
  };
}
