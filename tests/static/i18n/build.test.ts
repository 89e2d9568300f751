import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withNumbers } from '../../../static/i18n/plugin.ts';
import { allSources, collect, reachable, stringsOf } from '../../../static/i18n/strings.ts';

const PO = `msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Save"
msgstr "ذخیره"
`;

let root = '';

function write(path: string, text: string): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'strings-')); });
afterEach(() => { rmSync(root, { recursive: true }); });

describe('the build', () => {
  it('gives a page the texts of the modules it takes in, and no others', () => {
    const main = write('static/console/main.ts', `import './view.ts'; const f = () => _('Save');`);
    write('static/console/view.ts', `import type { T } from './unused.ts'; const f = () => _('Add');`);
    write('static/console/unused.ts', `const f = () => _('Unused');`);
    expect(collect(root, reachable([main])).map(({ msgid, files }) => [msgid, files])).toEqual([
      ['Add', ['static/console/view.ts']],
      ['Save', ['static/console/main.ts']],
    ]);
    expect(collect(root, allSources(root)).map(({ msgid }) => msgid)).toEqual(['Add', 'Save', 'Unused']);
  });

  it('says English where a translation is missing, in as many forms as the language asks for', () => {
    write('locale/fa/LC_MESSAGES/djangojs.po', PO);
    const marked = [
      { msgid: '%(n)s day', plural: '%(n)s days', files: [] },
      { msgid: 'Open', plural: null, files: [] },
      { msgid: 'Save', plural: null, files: [] },
    ];
    expect(stringsOf(root, 'fa', marked)).toEqual({
      strings: [['%(n)s day', '%(n)s days'], 'Open', 'ذخیره'],
      missing: ['%(n)s day', 'Open'],
    });
    expect(stringsOf(root, 'en', marked)).toEqual({ strings: [['%(n)s day', '%(n)s days'], 'Open', 'Save'], missing: [] });
  });

  it('puts numbers in place of the texts and moves nothing else', () => {
    const source = `const f = (n) => _('Save') + ngettext('%(n)s day',\n  '%(n)s days', n) + _(n ? 'Save' : 'Open');`;
    const numbered = withNumbers('a.ts', source, new Map([['%(n)s day', 0], ['Open', 1], ['Save', 2]]));
    expect(numbered.replace(/ +/g, ' ')).toBe('const f = (n) => _(2 ) + ngettext(0 ,\n 0 , n) + _(n ? 2 : 1 );');
    expect(numbered).toHaveLength(source.length);
  });

  it('refuses one text with two plurals', () => {
    const paths = [
      write('static/a.ts', `const f = () => ngettext('%(n)s day', '%(n)s days', 2);`),
      write('static/b.ts', `const f = () => _('%(n)s day');`),
    ];
    expect(() => collect(root, paths)).toThrow('static/b.ts: "%(n)s day" has another plural, or none, in static/a.ts');
  });
});

describe('the loaded page', () => {
  it('has a string for each of its languages under one address each', () => {
    const places = JSON.parse(readFileSync('static/dist/strings.json', 'utf8')) as Record<string, string>;
    expect(Object.keys(places).sort()).toEqual(['ar', 'en', 'fa', 'lt']);
    const lengths = Object.values(places).map((place) => (JSON.parse(readFileSync(`static/dist/${place}`, 'utf8')) as []).length);
    expect(new Set(lengths).size).toBe(1);
  });
});
