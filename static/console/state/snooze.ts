// When a snoozed conversation comes back: the usual choices, and words typed into the field. Pure.
import { _ } from '../../shared/i18n.ts';
import { folded } from '../../shared/fold.ts';

export interface SnoozeChoice {
  label: string;
  until: Date;
}

const MORNING = 9;
const EVENING = 18;
const NOON = 12;

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

/** As `folded`, and the Arabic teh marbuta as the heh that many type for it. */
function plain(text: string): string {
  return folded(text).replace(/\u0629/g, '\u0647');
}

/** The words of a list in this page's language and in English. */
function words(translated: string, english: string): string[] {
  return `${plain(translated)} ${english}`.split(' ').filter(Boolean);
}

/** Seconds of each unit and what it is called: every form that stands beside a number, and the usual short ones. */
function units(): readonly (readonly [number, string[]])[] {
  return [
    [60, words(_('minutes minute min m'), 'minutes min')],
    [3600, words(_('hours hour h'), 'hours')],
    [86_400, words(_('days day d'), 'days')],
    [604_800, words(_('weeks week w'), 'weeks')],
  ];
}

/** Days from today until the weekday whose name, in this language, begins with the word; null when none does. */
function daysToWeekday(word: string, now: Date, language: string): number | null {
  if (word.length < 2) return null;
  const name = new Intl.DateTimeFormat(language, { weekday: 'long' });
  for (let days = 1; days <= 7; days += 1) {
    const weekday = plain(name.format(at(now, days, NOON)));
    // Arabic names carry an article that few type.
    if (weekday.startsWith(word) || weekday.replace(/^\u0627\u0644/, '').startsWith(word)) return days;
  }
  return null;
}

function daysTo(word: string, now: Date, language: string): number | null {
  const isTomorrow = word.length > 1 && words(_('tomorrow'), 'tomorrow').some((one) => one.startsWith(word));
  return isTomorrow ? 1 : (daysToWeekday(word, now, language) ?? daysToWeekday(word, now, 'en'));
}

/** `tomorrow`, `fri 14:30`, `fri 2 pm`. */
function dayAndTime(text: string, now: Date, language: string): Date | null {
  const match = /^(\p{L}+)(?: (\d{1,2})(?:[:.](\d{2}))? ?(am|pm|h|val)?\.?)?$/u.exec(text);
  if (!match?.[1]) return null;
  const [, word, hour, minute, half] = match;
  const days = daysTo(word, now, language);
  const given = Number(hour ?? MORNING);
  const isHalf = half === 'am' || half === 'pm';
  const hours = isHalf ? (given % NOON) + (half === 'pm' ? NOON : 0) : given;
  const minutes = Number(minute ?? 0);
  return days === null || hours > 23 || minutes > 59 || (isHalf && given > NOON) ? null : at(now, days, hours, minutes);
}

/** `3h`, `in 2 days`, `5 val.`; a unit alone is one of it, an Arabic dual two. */
function span(text: string, now: Date): Date | null {
  const counted = /(?:^|\s)(\d{1,3}) ?(\p{L}+)\.?(?:\s|$)/u.exec(text);
  const word = counted?.[2] ?? text;
  const unit = units().find(([, names]) =>
    counted ? names.some((name) => name.startsWith(word)) : word.length > 2 && names.includes(word),
  );
  const amount = counted ? Number(counted[1]) : /[\u0627\u06cc]\u0646$/u.test(word) ? 2 : 1;
  return unit && amount > 0 ? new Date(now.getTime() + amount * unit[0] * 1000) : null;
}

/** `3h`, `2 days`, `tomorrow 9`, `fri 14:30`, in English or the page's language. Null when it means nothing to us. */
export function understood(text: string, now: Date, language: string): Date | null {
  const typed = plain(text).trim().replace(/\s+/g, ' ');
  return dayAndTime(typed, now, language) ?? span(typed, now);
}
