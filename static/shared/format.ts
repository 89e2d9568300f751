// Numbers, dates and durations in this page's language. Calendar and digits are always given explicitly: the defaults
// differ between browsers (Persian: the Persian calendar; Arabic: either set of digits).
import { _ } from './i18n.ts';

export interface Locale {
  /** BCP 47. */
  language: string;
  /** IANA name; the browser's own when absent. */
  timeZone?: string | undefined;
  /** `gregory` or `persian`; by the language when absent. */
  calendar?: string | undefined;
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

let locale: Locale = { language: 'en' };
let tag = 'en-u-ca-gregory-nu-latn';
// Making one takes a hundred times as long as using it, and a list uses them for every row.
const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();
let days: Intl.DateTimeFormat | undefined;

/** Choose language, zone and calendar. Call it once, before the first text is made. */
export function setLocale(chosen: Locale): void {
  locale = chosen;
  const base = new Intl.Locale(chosen.language).language;
  const calendar = chosen.calendar ?? (base === 'fa' ? 'persian' : 'gregory');
  tag = `${chosen.language}-u-ca-${calendar}-nu-${base === 'fa' ? 'arabext' : 'latn'}`;
  dates.clear();
  numbers.clear();
  days = undefined;
}

function date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  let format = dates.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(tag, { timeZone: locale.timeZone, ...options });
    dates.set(key, format);
  }
  return format;
}

function digits(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = JSON.stringify(options);
  let format = numbers.get(key);
  if (!format) {
    format = new Intl.NumberFormat(tag, options);
    numbers.set(key, format);
  }
  return format;
}

/** `12,345` in the language's digits. */
export function number(value: number): string {
  return digits().format(value);
}

/** A count that must stay narrow: 99+ above 99. */
export function count(value: number): string {
  return value > 99 ? `${number(99)}+` : number(value);
}

/** `1.2 MB`; decimal units, as file managers say. */
export function bytes(value: number): string {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  let step = 0;
  let rest = value;
  while (rest >= 1000 && step < steps.length - 1) {
    rest /= 1000;
    step += 1;
  }
  const unit = steps[step] ?? 'byte';
  return digits({ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: rest < 10 && step > 0 ? 1 : 0 }).format(rest);
}

/** `14:05`. */
export function clock(iso: string | number | Date): string {
  return date({ timeStyle: 'short' }).format(new Date(iso));
}

/** `14:05` somewhere else; empty when the zone is unknown here. */
export function clockIn(timeZone: string, at: Date): string {
  try {
    return new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit', weekday: 'short', timeZone }).format(at);
  } catch {
    return '';
  }
}

/** `Tuesday, 3 March 2026 at 14:05`, for titles. */
export function full(iso: string | number | Date): string {
  return date({ dateStyle: 'full', timeStyle: 'short' }).format(new Date(iso));
}

/** `3 Mar 2026`. */
export function shortDate(iso: string | number | Date): string {
  return date({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso));
}

/** `Tue 3 Mar, 14:05`. */
export function moment(iso: string | number | Date): string {
  return date({ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(new Date(iso));
}

function dayNumber(at: Date): number {
  days ??= new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: locale.timeZone, year: 'numeric', month: 'numeric', day: 'numeric',
  });
  const parts = days.formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return Math.floor(Date.UTC(part('year'), part('month') - 1, part('day')) / (DAY * 1000));
}

/** Whether two instants fall on the same day here. */
export function sameDay(a: string | number | Date, b: string | number | Date): boolean {
  return dayNumber(new Date(a)) === dayNumber(new Date(b));
}

/** `Today`, `Yesterday`, `Tuesday`, `3 March`, `3 March 2025`: the separators of a thread. */
export function day(iso: string, now: Date): string {
  const at = new Date(iso);
  const ago = dayNumber(now) - dayNumber(at);
  if (ago === 0) return _('Today');
  if (ago === 1) return _('Yesterday');
  if (ago > 1 && ago < 7) return date({ weekday: 'long' }).format(at);
  const near = Math.abs(ago) < 180;
  return date(near ? { day: 'numeric', month: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}

/** `14:05` today, `Yesterday`, `Tue`, `3 Mar`, `3/3/2025`: the time column of a list. */
export function when(iso: string, now: Date): string {
  const at = new Date(iso);
  const ago = dayNumber(now) - dayNumber(at);
  if (ago === 0) return clock(at);
  if (ago === 1) return _('Yesterday');
  if (ago > 1 && ago < 7) return date({ weekday: 'short' }).format(at);
  if (Math.abs(ago) < 180) return date({ day: 'numeric', month: 'short' }).format(at);
  return date({ dateStyle: 'short' }).format(at);
}

/** `5m`, `3h`, `2d`, `۵ دقیقه`: how long something takes or has lasted; seconds in, at least one minute out. */
export function lasting(seconds: number): string {
  const steps = { minute: MINUTE, hour: HOUR, day: DAY };
  const unit = seconds < HOUR ? 'minute' : seconds < 2 * DAY ? 'hour' : 'day';
  const size = steps[unit];
  const value = Math.max(1, Math.floor(seconds / size));
  // Narrow in English alone: elsewhere it is a Latin letter or a riddle.
  const unitDisplay = locale.language.startsWith('en') ? 'narrow' : 'short';
  return digits({ style: 'unit', unit, unitDisplay }).format(value);
}

/** `5 minutes ago`, `in 3 hours`. */
export function relative(iso: string, now: Date): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  const format = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  if (size < HOUR) return format.format(Math.trunc(seconds / MINUTE), 'minute');
  if (size < DAY) return format.format(Math.trunc(seconds / HOUR), 'hour');
  if (size < 30 * DAY) return format.format(Math.trunc(seconds / DAY), 'day');
  return format.format(Math.trunc(seconds / (30 * DAY)), 'month');
}

/** `Alice, Bob and Carol`. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(locale.language, { type: 'conjunction' }).format(names);
}

/** The name of a language in this page's language; the tag itself when it has none. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([locale.language], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** The name of a country (ISO 3166) in this page's language; the code itself when it has none. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames([locale.language], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
