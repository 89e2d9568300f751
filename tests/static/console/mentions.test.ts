import { describe, expect, it } from 'vitest';
import { atQuery, matching, mentionedIn, pieces } from '../../../static/console/state/mentions.ts';
import type { Mentionable } from '../../../static/console/state/mentions.ts';

const person = (id: string, name: string, kind: Mentionable['kind'] = 'operator'): Mentionable => ({ id, name, kind });
const PEOPLE = [
  person('a', 'Anna'), person('as', 'Anna Smith'), person('i', 'Ieva Kazlauskaitė'), person('s', 'سارا'), person('b', 'Billing', 'team'),
];

describe('the @', () => {
  it.each([
    ['@', 1, { query: '', start: 0 }],
    ['@an', 3, { query: 'an', start: 0 }],
    ['Please ask @kaz', 15, { query: 'kaz', start: 11 }],
    ['(@an', 4, { query: 'an', start: 1 }],
    ['@Anna Sm', 8, { query: 'Anna Sm', start: 0 }],
    ['@Anna look', 10, null],
    ['@Anna Smith ', 12, null],
    ['از @سا بپرس', 6, { query: 'سا', start: 3 }],
    ['anna@example.org', 16, null],
    ['@an', 2, { query: 'a', start: 0 }],
  ])('%j at %i', (text, caret, wanted) => {
    expect(atQuery(text, caret, PEOPLE)).toEqual(wanted);
  });

  it('finds by the beginning of the name first, then of its words, whatever the accents', () => {
    expect(matching(PEOPLE, 'an').map(({ id }) => id)).toEqual(['a', 'as']);
    expect(matching(PEOPLE, 'kazlauskaite').map(({ id }) => id)).toEqual(['i']);
    expect(matching(PEOPLE, 'smi').map(({ id }) => id)).toEqual(['as']);
    expect(matching(PEOPLE, 'zzz')).toEqual([]);
  });
});

describe('whom a text mentions', () => {
  it.each([
    ['@Anna Smith, see this', ['as']],
    ['@Anna and @Billing', ['a', 'b']],
    ['@Annabel', []],
    ['mail anna@Anna', []],
    ['@سارا لطفاً', ['s']],
    ['(@Ieva Kazlauskaitė)', ['i']],
    ['@Anna @Anna', ['a']],
  ])('%j', (text, ids) => {
    expect(mentionedIn(text, PEOPLE)).toEqual(ids);
  });

  it('are all who have the name', () => {
    expect(mentionedIn('@Anna', [person('1', 'Anna'), person('2', 'Anna')])).toEqual(['1', '2']);
  });

  it('is not put off by signs in names', () => {
    expect(mentionedIn('@A. (Night)* now', [person('n', 'A. (Night)*')])).toEqual(['n']);
  });
});

it('a text in pieces is the text again', () => {
  const text = 'Ask @Anna Smith or @Billing: anna@example.org';
  const cut = pieces(text, PEOPLE);
  expect(cut.map((piece) => piece.text).join('')).toBe(text);
  expect(cut.flatMap(({ mention }) => mention?.id ?? [])).toEqual(['as', 'b']);
});
