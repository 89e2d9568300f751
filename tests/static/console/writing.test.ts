import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { filled, inserted, searched, slashQuery } from '../../../static/console/state/canned.ts';
import { Drafts } from '../../../static/console/state/drafts.ts';
import { presets, understood } from '../../../static/console/state/snooze.ts';
import { parsePo } from '../../../static/i18n/po.ts';
import { folded } from '../../../static/shared/fold.ts';
import { setCatalogue } from '../../../static/shared/i18n.ts';
import type { Catalogue } from '../../../static/shared/i18n.ts';
import { memory } from './boot.ts';

/** What translators wrote for the browser, by msgid. */
function catalogue(language: string): Catalogue {
  const { entries } = parsePo(readFileSync(`locale/${language}/LC_MESSAGES/djangojs.po`, 'utf8'));
  return Object.fromEntries([...entries].map(([msgid, forms]) => [msgid, forms.length > 1 ? forms : (forms[0] ?? '')]));
}

describe('the slash', () => {
  it.each([
    ['/', 1, { query: '', start: 0 }],
    ['/ref', 4, { query: 'ref', start: 0 }],
    ['Hello /ref', 10, { query: 'ref', start: 6 }],
    ['Hello\n/ref', 10, { query: 'ref', start: 6 }],
    ['https://example.org', 19, null],
    ['and/or', 6, null],
    ['/ref und', 8, null],
    ['/ref', 2, { query: 'r', start: 0 }],
  ])('%j at %i', (text, caret, wanted) => {
    expect(slashQuery(text, caret)).toEqual(wanted);
  });
});

describe('canned replies', () => {
  const reply = (shortcut: string, title: string, text = ''): { id: string; shortcut: string; title: string; text: string } => ({ id: shortcut, shortcut, title, text });
  const replies = [reply('thanks', 'Goodbye'), reply('refund', 'Money back', 'Within five days'), reply('hello', 'Refund greeting'), reply('slm', 'سلام كاربر')];

  it('come with the best first: shortcut, then title, then text', () => {
    expect(searched(replies, 'ref').map((one) => one.shortcut)).toEqual(['refund', 'hello']);
    expect(searched(replies, 'five').map((one) => one.shortcut)).toEqual(['refund']);
  });

  it('are found whatever keyboard wrote them', () => {
    expect(searched(replies, 'کاربر').map((one) => one.shortcut)).toEqual(['slm']);
    expect(folded('Ąžuolas ۱۲٣')).toBe('azuolas 123');
  });

  it('fill what is known and leave visible what is not', () => {
    expect(filled('Hi {{contact.name}}, {{ operator.name }} here. {{order}}', { 'contact.name': 'Vera', 'operator.name': 'Alice' })).toBe(
      'Hi Vera, Alice here. {{order}}',
    );
    expect(filled('Hi {{contact.name}}', { 'contact.name': '' })).toBe('Hi {{contact.name}}');
  });

  it('take the place of what was typed and leave the caret where the reply wants it', () => {
    expect(inserted('Well, /re then', { query: 're', start: 6 }, 9, 'yes {{cursor}}indeed')).toEqual({ text: 'Well, yes indeed then', caret: 10 });
    expect(inserted('/re', { query: 're', start: 0 }, 3, 'Done.')).toEqual({ text: 'Done.', caret: 5 });
  });
});

describe('drafts', () => {
  beforeEach(() => { vi.useFakeTimers(); });

  it('are kept for each conversation and mode over a reload', () => {
    const storage = memory();
    const drafts = new Drafts('acme:alice', storage);
    drafts.set('c1', 'reply', { text: 'Dear Vera', attachments: [] });
    drafts.set('c1', 'note', { text: 'careful', attachments: [] });
    vi.advanceTimersByTime(300);
    const after = new Drafts('acme:alice', storage);
    expect(after.get('c1', 'reply').text).toBe('Dear Vera');
    expect(after.get('c1', 'note').text).toBe('careful');
    expect([...after.marked.value]).toEqual(['c1']);
  });

  it('are not shown to another operator at the same machine', () => {
    const storage = memory();
    const drafts = new Drafts('acme:alice', storage);
    drafts.set('c1', 'reply', { text: 'Dear Vera', attachments: [] });
    drafts.save();
    expect(new Drafts('acme:bob', storage).get('c1', 'reply').text).toBe('');
  });

  it('leave nothing behind when they are sent or forgotten', () => {
    const storage = memory();
    const drafts = new Drafts('acme:alice', storage);
    drafts.set('c1', 'reply', { text: 'Dear Vera', attachments: [] });
    drafts.save();
    drafts.set('c1', 'reply', { text: '', attachments: [] });
    drafts.save();
    expect(storage.getItem('parley:drafts:acme:alice')).toBeNull();
    drafts.set('c2', 'reply', { text: 'x', attachments: [] });
    drafts.forget();
    drafts.save();
    expect(storage.getItem('parley:drafts:acme:alice')).toBeNull();
    expect(drafts.marked.value.size).toBe(0);
  });

  it('of two tabs are both kept, and each shows what the other wrote', () => {
    const storage = memory();
    const [one, other] = [new Drafts('acme:alice', storage), new Drafts('acme:alice', storage)];
    one.set('c1', 'reply', { text: 'Dear Vera', attachments: [] });
    one.save();
    other.set('c2', 'reply', { text: 'Dear Zoe', attachments: [] });
    other.save();
    one.set('c1', 'reply', { text: '', attachments: [] });
    one.save();
    const after = new Drafts('acme:alice', storage);
    expect([after.get('c1', 'reply').text, after.get('c2', 'reply').text]).toEqual(['', 'Dear Zoe']);
    other.reload();
    expect([...other.marked.value]).toEqual(['c2']);
  });

  it('live in memory when the browser refuses to keep them', () => {
    const refusing = { ...memory(), setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } };
    const drafts = new Drafts('acme:alice', refusing);
    drafts.set('c1', 'reply', { text: 'Dear Vera', attachments: [] });
    drafts.save();
    drafts.set('c2', 'reply', { text: 'Dear Zoe', attachments: [] });
    drafts.save();
    expect(drafts.get('c1', 'reply').text).toBe('Dear Vera');
    const none = new Drafts('acme:alice', null);
    none.set('c1', 'reply', { text: 'Dear Vera', attachments: [] });
    none.save();
    none.reload();
    expect(none.get('c1', 'reply').text).toBe('Dear Vera');
  });

  it('start empty when what was kept cannot be read', () => {
    const storage = memory();
    storage.setItem('parley:drafts:acme:alice', '{broken');
    expect(new Drafts('acme:alice', storage).marked.value.size).toBe(0);
  });
});

describe('snoozing in words', () => {
  // A Saturday.
  const now = new Date(2026, 10, 21, 10, 30);

  it.each([
    ['3h', new Date(2026, 10, 21, 13, 30)],
    ['45 minutes', new Date(2026, 10, 21, 11, 15)],
    ['2 days', new Date(2026, 10, 23, 10, 30)],
    ['tomorrow', new Date(2026, 10, 22, 9, 0)],
    ['tom 14', new Date(2026, 10, 22, 14, 0)],
    ['fri 14:30', new Date(2026, 10, 27, 14, 30)],
    ['saturday', new Date(2026, 10, 28, 9, 0)],
    ['۲ days', new Date(2026, 10, 23, 10, 30)],
  ])('%s', (words, until) => {
    expect(understood(words, now, 'en')).toEqual(until);
  });

  it.each(['', 'soon', 'tomorrow 25', 'fri 9:75', '0h', 't'])('means nothing: %j', (words) => {
    expect(understood(words, now, 'en')).toBeNull();
  });

  it.each([
    ['in 3 hours', new Date(2026, 10, 21, 13, 30)],
    ['hour', new Date(2026, 10, 21, 11, 30)],
    ['fri 2pm', new Date(2026, 10, 27, 14, 0)],
    ['fri 12 am', new Date(2026, 10, 27, 0, 0)],
  ])('%s, as people say it', (words, until) => {
    expect(understood(words, now, 'en')).toEqual(until);
  });

  it.each(['fri 14 pm', 'hours ago', 'm'])('does not guess at %j', (words) => {
    expect(understood(words, now, 'en')).toBeNull();
  });

  describe.each(['ar', 'fa', 'lt'])('in %s', (language) => {
    const hours = (n: number): Date => new Date(now.getTime() + n * 3_600_000);
    const words: Readonly<Record<string, readonly (readonly [string, Date])[]>> = {
      ar: [
        ['ساعة', hours(1)], ['ساعتين', hours(2)], ['3 ساعات', hours(3)], ['٣ ساعات', hours(3)], ['بعد 11 ساعة', hours(11)],
        ['٣ ساعه', hours(3)], ['٤٥ دقيقة', hours(0.75)], ['5 دقائق', hours(1 / 12)], ['يوم', hours(24)], ['يومان', hours(48)],
        ['3 أيام', hours(72)], ['20 يومًا', hours(480)], ['أسبوع', hours(168)], ['2 أسابيع', hours(336)],
        ['غدا ٩', new Date(2026, 10, 22, 9, 0)], ['اثنين 8', new Date(2026, 10, 23, 8, 0)],
      ],
      fa: [
        ['ساعت', hours(1)], ['۳ ساعت', hours(3)], ['3 ساعت دیگر', hours(3)], ['۴۵ دقیقه', hours(0.75)], ['۲ روز', hours(48)],
        ['۲ هفته', hours(336)], ['فردا ۹:۳۰', new Date(2026, 10, 22, 9, 30)], ['دوشنبه ۹', new Date(2026, 10, 23, 9, 0)],
      ],
      lt: [
        ['valanda', hours(1)], ['2 valandas', hours(2)], ['po 1 valandą', hours(1)], ['10 valandų', hours(10)], ['3 val.', hours(3)],
        ['45 min.', hours(0.75)], ['45 minučių', hours(0.75)], ['1 dieną', hours(24)], ['2 d.', hours(48)], ['5 dienos', hours(120)],
        ['2 sav.', hours(336)], ['1 savaitę', hours(168)], ['rytoj 14 val.', new Date(2026, 10, 22, 14, 0)],
        ['penktadienis 8', new Date(2026, 10, 27, 8, 0)],
      ],
    };

    beforeEach(() => {
      setCatalogue(language, catalogue(language));
    });
    afterEach(() => {
      setCatalogue('en', {});
    });

    it.each(words[language] ?? [])('%s', (typed, until) => {
      expect(understood(typed, now, language)).toEqual(until);
    });
  });

  it('offers only what lies ahead, and the next Monday on a Monday is in a week', () => {
    const monday = new Date(2026, 10, 23, 18, 0);
    expect(presets(monday).map((choice) => choice.label)).not.toContain('This evening');
    expect(presets(monday).find((choice) => choice.label === 'Next Monday')?.until).toEqual(new Date(2026, 10, 30, 9, 0));
    for (const choice of presets(now)) expect(choice.until.getTime()).toBeGreaterThan(now.getTime());
  });
});
