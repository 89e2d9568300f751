// Codes put into words, and moments into the visitor's own calendar and clock.
import { _, ngettext } from '../../shared/i18n.ts';
import type { Line, Message } from '../../shared/types.ts';
import { config } from '../panel/config.ts';
import { draft, forms, inbox, isAway } from '../panel/state.ts';

// Given outright, because a language alone means different calendars and digits in different browsers.
const TAGS: Readonly<Record<string, string>> = {
  ar: 'ar-u-ca-gregory-nu-latn',
  fa: 'fa-u-ca-persian-nu-arabext',
};
// English of Britain and of America write the time differently: the browser knows which one it is.
const tag = TAGS[config.language] ?? navigator.languages.find((own) => own.startsWith(config.language)) ?? config.language;

const clock = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' });
const weekday = new Intl.DateTimeFormat(tag, { weekday: 'long' });
const whole = new Intl.NumberFormat(tag);

export function number(value: number): string {
  return whole.format(value);
}

export function time(moment: string): string {
  return clock.format(new Date(moment));
}

/** Days from today in this visitor's zone; yesterday is -1. */
function distance(moment: Date): number {
  return Math.round((new Date(moment).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);
}

export function day(moment: string): string {
  const at = new Date(moment);
  const days = distance(at);
  return days === 0 ? _('Today') : days === -1 ? _('Yesterday') : date.format(at);
}

/** The time of today, the day of anything before. */
export function moment(at: string): string {
  return distance(new Date(at)) ? day(at) : time(at);
}

/** When somebody is there, or when they will be. */
export function status(): string {
  if (!isAway.value) return _('We are here for you');
  const { is_open, next_opening } = inbox.value ?? {};
  if (is_open || !next_opening) return _('We reply by e-mail');
  const at = new Date(next_opening);
  const days = distance(at);
  const clockTime = clock.format(at);
  if (days === 0) return _('Back today at %(time)s', { time: clockTime });
  if (days === 1) return _('Back tomorrow at %(time)s', { time: clockTime });
  return _('Back on %(day)s at %(time)s', { day: days < 7 ? weekday.format(at) : date.format(at), time: clockTime });
}

export function line(entry: Line, message: Message): string {
  const name = entry.operator ?? message.author.name;
  switch (entry.code) {
    case 'joined':
    case 'assigned':
      return name && _('%(name)s joined the conversation', { name });
    case 'resolved':
      return _('The conversation was closed');
    case 'ended':
      return _('You ended the conversation');
    case 'reopened':
      return _('The conversation goes on');
    default:
      return '';
  }
}

/** Bytes as people say them. */
export function size(bytes: number): string {
  const isLarge = bytes >= 2 ** 20;
  const value = bytes / (isLarge ? 2 ** 20 : 1024);
  return new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    // In the Arabic script "kB" would stand on the wrong side of its number.
    unitDisplay: TAGS[config.language] ? 'long' : 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** Those that may have to be said before there is a session; the others come with it. */
const PROBLEMS: Readonly<Record<string, () => string>> = {
  too_long() {
    const n = draft.value.length - config.limits.text;
    return ngettext('%(count)s character too long.', '%(count)s characters too long.', n, { count: number(n) });
  },
  permission_denied: () => _('This conversation cannot be continued.'),
  disconnected: () => _('No connection. Please try again.'),
};

/** Why something was refused. What was written is always kept; the words say what to do. */
export function problem(code: string): string {
  const isPassing = code === 'timeout' || code === 'unavailable';
  return PROBLEMS[isPassing ? 'disconnected' : code]?.() ?? forms.value[code]?.join('') ?? _('Not sent.');
}
