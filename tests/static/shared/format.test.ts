import { afterEach, describe, expect, it } from 'vitest';
import { bytes, clock, count, day, lasting, number, sameDay, setLocale, shortDate, when } from '../../../static/shared/format.ts';

const NOW = new Date('2026-11-21T12:00:00Z');

afterEach(() => { setLocale({ language: 'en', timeZone: 'UTC' }); });

describe('dates', () => {
  it('are said as near as they are', () => {
    setLocale({ language: 'en-GB', timeZone: 'UTC' });
    expect(['2026-11-21T09:05:00Z', '2026-11-20T23:00:00Z', '2026-11-17T12:00:00Z', '2026-09-03T12:00:00Z', '2025-03-03T12:00:00Z'].map((at) => when(at, NOW))).toEqual([
      '09:05', 'Yesterday', 'Tue', '3 Sept', '03/03/2025',
    ]);
    expect(['2026-11-21T09:05:00Z', '2026-11-20T23:00:00Z', '2026-11-17T12:00:00Z', '2026-09-03T12:00:00Z', '2025-03-03T12:00:00Z'].map((at) => day(at, NOW))).toEqual([
      'Today', 'Yesterday', 'Tuesday', '3 September', '3 March 2025',
    ]);
  });

  it('change at midnight of the chosen zone', () => {
    setLocale({ language: 'en', timeZone: 'Europe/Vilnius' });
    expect(sameDay('2026-11-20T21:59:00Z', '2026-11-20T22:01:00Z')).toBe(false);
    setLocale({ language: 'en', timeZone: 'UTC' });
    expect(sameDay('2026-11-20T21:59:00Z', '2026-11-20T22:01:00Z')).toBe(true);
  });

  it('are Persian in Persian, and Gregorian there when the tenant says so', () => {
    setLocale({ language: 'fa', timeZone: 'UTC' });
    expect(shortDate('2026-11-21T12:00:00Z')).toBe('۳۰ آبان ۱۴۰۵');
    expect(clock('2026-11-21T09:05:00Z')).toBe('۹:۰۵');
    setLocale({ language: 'fa', timeZone: 'UTC', calendar: 'gregory' });
    expect(shortDate('2026-11-21T12:00:00Z')).toContain('۲۰۲۶');
  });
});

describe('numbers', () => {
  it('have the digits of the language', () => {
    setLocale({ language: 'fa' });
    expect(number(1234)).toBe('۱٬۲۳۴');
    setLocale({ language: 'ar' });
    expect(number(1234)).toBe('1,234');
    setLocale({ language: 'lt' });
    expect(count(120)).toBe('99+');
  });

  it('say how big and how long in one breath', () => {
    setLocale({ language: 'en' });
    expect([999, 1500, 25_000_000].map(bytes)).toEqual(['999 byte', '1.5 kB', '25 MB']);
    expect([5, 120, 4000, 200_000].map(lasting)).toEqual(['1m', '2m', '1h', '2d']);
    setLocale({ language: 'fa' });
    expect(lasting(300)).toBe('۵ دقیقه');
  });
});
