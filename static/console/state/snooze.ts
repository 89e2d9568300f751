// When a snoozed conversation comes back: the usual choices, and words typed into the field. Pure.
import { _ } from '../../shared/i18n.ts';
import { folded } from './canned.ts';

export interface SnoozeChoice {
  label: string;
  until: Date;
}

const MORNING = 9;
const EVENING = 18;

function at(base: Date, days: number, hour: number, minute = 0): Date {
  return new Date(base.getFullYear(), base.getMonth(), base.getDate() + days, hour, minute);
}

/** The choices that make sense now. Times are the operator's own. */
export function presets(now: Date): SnoozeChoice[] {
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const hours = (n: number): Date => new Date(now.getTime() + n * 3_600_000);
  return [
    { label: _('In 1 hour'), until: hours(1) },
    { label: _('In 3 hours'), until: hours(3) },
    ...(now.getHours() < EVENING - 1 ? [{ label: _('This evening'), until: at(now, 0, EVENING) }] : []),
    { label: _('Tomorrow morning'), until: at(now, 1, MORNING) },
    { label: _('Next Monday'), until: at(now, toMonday, MORNING) },
    { label: _('In one week'), until: at(now, 7, MORNING) },
  ];
}

/** Days from today until the weekday whose name, in this language, begins with the word; null when none does. */
function daysToWeekday(word: string, now: Date, language: string): number | null {
  if (word.length < 2) return null;
  const name = new Intl.DateTimeFormat(language, { weekday: 'long' });
  for (let days = 1; days <= 7; days += 1) {
    if (folded(name.format(at(now, days, 12))).startsWith(word)) return days;
  }
  return null;
}

function daysTo(word: string, now: Date, language: string): number | null {
  const isTomorrow = word.length > 1 && [_('tomorrow'), 'tomorrow'].some((one) => folded(one).startsWith(word));
  return isTomorrow ? 1 : (daysToWeekday(word, now, language) ?? daysToWeekday(word, now, 'en'));
}

function span(words: string, now: Date): Date | null {
  const match = /^(\d{1,3}) ?(\p{L}+)/u.exec(words);
  if (!match) return null;
  const amount = Number(match[1]);
  const units: readonly (readonly [string, number])[] = [
    [_('minutes'), 60], [_('hours'), 3600], [_('days'), 86_400], [_('weeks'), 604_800],
    ['minutes', 60], ['hours', 3600], ['days', 86_400], ['weeks', 604_800],
  ];
  const unit = units.find(([name]) => folded(name).startsWith(match[2] ?? ''));
  return unit && amount > 0 ? new Date(now.getTime() + amount * unit[1] * 1000) : null;
}

/** `3h`, `2 days`, `tomorrow 9`, `fri 14:30`, in English or the page's language. Null when it means nothing to us. */
export function understood(text: string, now: Date, language: string): Date | null {
  const words = folded(text).trim().replace(/\s+/g, ' ');
  const later = span(words, now);
  if (later) return later;
  const match = /^(\p{L}+)(?: (\d{1,2})(?:[:.](\d{2}))?)?$/u.exec(words);
  if (!match?.[1]) return null;
  const [, word, hour, minute] = match;
  const days = daysTo(word, now, language);
  const hours = Number(hour ?? MORNING);
  const minutes = Number(minute ?? 0);
  return days === null || hours > 23 || minutes > 59 ? null : at(now, days, hours, minutes);
}
