import { describe, expect, it } from 'vitest';
import { parsePo, parseRule, readPo } from '../../../static/i18n/po.ts';
import { formOrder } from '../../../static/i18n/plurals.ts';

const COUNTS = [0, 1, 2, 3, 10, 11, 12, 20, 21, 22, 100, 101, 102, 103, 111];

describe('a catalogue', () => {
  it('is read with texts over several lines, contexts, comments and guesses', () => {
    const po = parsePo(`msgid ""
msgstr ""
"Language: fa\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

#: a.ts
msgid ""
"Hello, "
"you"
msgstr "سلام \\"شما\\""

#, fuzzy
msgid "Guess"
msgstr "حدس"

msgid "%(n)s day"
msgid_plural "%(n)s days"
msgstr[0] "%(n)s روز"
msgstr[1] "%(n)s روز"

msgid "Empty"
msgstr ""
`);
    expect([...po.entries]).toEqual([['Hello, you', ['سلام "شما"']], ['%(n)s day', ['%(n)s روز', '%(n)s روز']]]);
    expect([po.count, po.plural(1), po.plural(2)]).toEqual([2, 0, 1]);
  });

  it.each([
    ['ar', [0, 1, 2, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 3, 4]],
    ['fa', [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
    ['lt', [3, 0, 1, 1, 3, 3, 3, 3, 0, 1, 3, 0, 1, 1, 3]],
  ])('of %s chooses the form of every number as Django does', (language, wanted) => {
    const po = readPo(`locale/${language}/LC_MESSAGES/djangojs.po`);
    expect(COUNTS.map(po.plural)).toEqual(wanted);
  });
});

describe('a plural rule', () => {
  it.each([
    ['n == 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2', [2, 0, 1, 1, 2]],
    ['(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2)', [2, 0, 1, 1, 1]],
    ['!(n > 1)', [1, 1, 0, 0, 0]],
  ])('%s is calculated', (rule, wanted) => {
    expect(COUNTS.slice(0, 5).map(parseRule(rule))).toEqual(wanted);
  });

  it.each(['n +', 'alert(1)', 'n == 1 ? 0', '(n', 'n n'])('%s is refused', (rule) => {
    expect(() => parseRule(rule)).toThrow(SyntaxError);
  });

  it.each([
    ['ar', [0, 1, 2, 3, 4, 5]],
    ['fa', [0, 1]],
    ['lt', [0, 1, 2, 3]],
  ])('of %s is put into the order of the browser', (language, wanted) => {
    expect(formOrder(language, readPo(`locale/${language}/LC_MESSAGES/djangojs.po`).plural)).toEqual(wanted);
  });

  it('in another order than the browser is brought into it', () => {
    // Latvian: gettext says one, other, zero.
    const rule = parseRule('n%10==1 && n%100!=11 ? 0 : n != 0 && !(n%10==0 || n%100>=11 && n%100<=19) ? 1 : 2');
    expect(formOrder('lv', rule)).toEqual([2, 0, 1]);
  });

  it('that is finer than the browser can ask for is refused', () => {
    expect(() => formOrder('fa', (n) => Math.min(n, 2))).toThrow('Plural-Forms of fa has 2 forms where the browser has one (one)');
  });
});
