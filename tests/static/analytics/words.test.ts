import { describe, expect, it } from 'vitest';
import type { Locale } from '../../../static/analytics/spec.ts';
import { split, words } from '../../../static/analytics/words.ts';

const english: Locale = { language: 'en', calendar: 'gregory', timeZone: 'Europe/Vilnius', isRtl: false };
const persian: Locale = { language: 'fa', calendar: 'persian', timeZone: 'Asia/Tehran', isRtl: true };

describe('durations', () => {
  // The server's analytics.wording has the same cases.
  it.each([
    [0, [[0, 'second']]],
    [59.4, [[59, 'second']]],
    [59.6, [[1, 'minute']]],
    [151.2, [[2, 'minute'], [30, 'second']]],
    [242, [[4, 'minute']]],
    [599.6, [[10, 'minute']]],
    [3569, [[59, 'minute']]],
    [3571, [[1, 'hour']]],
    [12_000, [[3, 'hour'], [20, 'minute']]],
    [90_000, [[1, 'day'], [1, 'hour']]],
    [864_000, [[10, 'day']]],
  ])('%d seconds are said in one or two units', (seconds, units) => {
    expect(split(seconds)).toEqual(units);
  });

  it('are written in the language and digits of the page', () => {
    expect(words(english).duration(150)).toBe('2 min 30 sec');
    expect(words(persian).duration(150)).toBe('۲ دقیقه ۳۰ ثانیه');
  });
});

describe('days and hours', () => {
  it('a day has no zone: it is the same day everywhere', () => {
    expect(words({ ...english, timeZone: 'Pacific/Kiritimati' }).tick('day', '2026-11-21')).toBe('Nov 21');
    expect(words({ ...english, timeZone: 'Pacific/Niue' }).tick('day', '2026-11-21')).toBe('Nov 21');
  });

  it('an hour is told in the time zone of the account', () => {
    expect(words(english).tick('hour', '2026-11-21T22:00:00+00:00')).toBe('00:00');
  });

  it('Persian days are Jalali', () => {
    expect(words(persian).tick('day', '2026-03-21')).toBe('۱ فروردین');
  });
});

it('what was not measured is a dash', () => {
  expect(words(english).value('seconds', null)).toBe('–');
});
