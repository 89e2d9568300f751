import { describe, expect, it } from 'vitest';
import { newId } from '../../../static/shared/ids.ts';
import { _, ngettext, setCatalogue } from '../../../static/shared/i18n.ts';
import { directionOf, linkify } from '../../../static/shared/text.ts';
import { seeded } from './samples.ts';

function links(text: string): (string | undefined)[] {
  return linkify(text).map((segment) => segment.href).filter(Boolean);
}

describe('linkify', () => {
  it.each([
    ['see https://example.com/a?b=c#d.', ['https://example.com/a?b=c#d']],
    ['(https://en.wikipedia.org/wiki/Tea_(drink))', ['https://en.wikipedia.org/wiki/Tea_(drink)']],
    ['www.example.com!', ['https://www.example.com']],
    ['write to vera@example.com, please', ['mailto:vera@example.com']],
    ['ببینید https://example.com/چای؟', ['https://example.com/چای']],
    ['javascript:alert(1) data:text/html,x vbscript:y', []],
    ['https://bank.example@evil.example/', []],
    ['<a href="https://x.example">y</a>', ['https://x.example']],
    ['http://', []],
  ])('finds the links of %s', (text, wanted) => {
    expect(links(text)).toEqual(wanted);
  });

  it('loses no character of any text', () => {
    const alphabet = ['https://', 'www.', 'a', '.', '@', '(', ')', ' ', 'ش', ':', '/', 'x.lt', '\n', '!', '😀'];
    const random = seeded(7);
    for (let round = 0; round < 2000; round += 1) {
      const text = Array.from({ length: 12 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
      const segments = linkify(text);
      expect(segments.map((segment) => segment.text).join('')).toBe(text);
      for (const { href } of segments) expect(href ?? 'https://').toMatch(/^(https?:\/\/|mailto:)/);
    }
  });
});

describe('direction', () => {
  it.each([
    ['Hello', 'ltr'],
    ['سلام', 'rtl'],
    ['https://example.com سلام', 'rtl'],
    ['@alice سلام', 'rtl'],
    ['vera@example.com: שלום', 'rtl'],
    ['`npm run` چیست؟', 'rtl'],
    ['سلام Alice', 'rtl'],
    ['123 …', 'auto'],
    ['', 'auto'],
  ])('of %s is %s', (text, wanted) => {
    expect(directionOf(text)).toBe(wanted);
  });
});

describe('a text of the greatest length', () => {
  it.each(['.', 'a', '@', 'a@', 'a@a.', '(', '`', 'http://x/!'])('of %s is made ready at once', (unit) => {
    const text = `www.x.lt/${unit.repeat(10_000)}`.slice(0, 10_000);
    const begun = performance.now();
    for (const hostile of [text, text.slice(9)]) {
      linkify(hostile);
      directionOf(hostile);
    }
    expect(performance.now() - begun).toBeLessThan(100);
  });
});

describe('gettext', () => {
  it('stands in English without a catalogue', () => {
    setCatalogue('en', {});
    expect(_('Hello, %(name)s', { name: 'Vera' })).toBe('Hello, Vera');
    expect(ngettext('%(n)s message', '%(n)s messages', 1)).toBe('1 message');
    expect(ngettext('%(n)s message', '%(n)s messages', 0)).toBe('0 messages');
  });

  it.each([
    ['lt', ['%(n)s žinutė', '%(n)s žinutės', '%(n)s žinutės (dalis)', '%(n)s žinučių'], { 1: 0, 2: 1, 11: 3, 21: 0 }],
    ['ar', ['0', '1', '2', 'few', 'many', 'other'], { 0: 0, 1: 1, 2: 2, 3: 3, 11: 4, 100: 5 }],
    ['fa', ['one', 'other'], { 0: 0, 1: 0, 2: 1 }],
  ])('chooses the plural forms of %s as gettext does', (language, forms, wanted) => {
    setCatalogue(language, { '%(n)s message': forms });
    for (const [n, index] of Object.entries(wanted)) {
      expect(ngettext('%(n)s message', '%(n)s messages', Number(n))).toBe(forms[index]?.replace('%(n)s', n));
    }
  });
});

describe('ids', () => {
  it('are version 4 UUIDs and do not repeat', () => {
    const ids = new Set(Array.from({ length: 2000 }, newId));
    expect(ids.size).toBe(2000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
