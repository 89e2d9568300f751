// From sources and catalogues to what a page is given: a number for every text, an array for every language.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { findCalls, findImports } from './calls.ts';
import { readPo } from './po.ts';
import { formOrder } from './plurals.ts';

export interface Marked {
  msgid: string;
  plural: string | null;
  /** Paths from the repository's root, sorted. */
  files: string[];
}

export type Strings = (string | string[])[];

const SOURCE = /\.tsx?$/;

/** Every source that can hold a text: all of static/, without what is built and without tests. */
export function allSources(root: string): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) {
        if (name !== 'dist' && name !== 'i18n') walk(path);
      } else if (SOURCE.test(name) && !/\.(test|d)\.tsx?$/.test(name)) found.push(path);
    }
  };
  walk(join(root, 'static'));
  return found;
}

/** The sources that a build with these entries takes in. */
export function reachable(entries: readonly string[]): string[] {
  const seen = new Set<string>();
  const queue = entries.map((entry) => resolve(entry));
  for (let path = queue.pop(); path; path = queue.pop()) {
    if (seen.has(path) || !SOURCE.test(path) || !existsSync(path)) continue;
    seen.add(path);
    const folder = dirname(path);
    queue.push(...findImports(path, readFileSync(path, 'utf8')).map((name) => resolve(folder, name)));
  }
  return [...seen].sort();
}

/** The texts of these sources, sorted by msgid. Throws when a msgid has two plurals, or a plural here and none there. */
export function collect(root: string, paths: readonly string[]): Marked[] {
  const found = new Map<string, Marked>();
  for (const path of paths) {
    const file = relative(root, path);
    for (const { msgid, plural } of findCalls(path, readFileSync(path, 'utf8'))) {
      const known = found.get(msgid.text) ?? { msgid: msgid.text, plural: plural?.text ?? null, files: [] };
      if (known.plural !== (plural?.text ?? null)) {
        throw new Error(`${file}: "${msgid.text}" has another plural, or none, in ${known.files.join(', ')}`);
      }
      if (!known.files.includes(file)) known.files.push(file);
      found.set(msgid.text, known);
    }
  }
  return [...found.values()].sort((a, b) => (a.msgid < b.msgid ? -1 : 1));
}

/** The languages that have a catalogue for the browser; English is the language of the sources. */
export function languages(root: string): string[] {
  const folder = join(root, 'locale');
  const found = existsSync(folder) ? readdirSync(folder) : [];
  return ['en', ...found.filter((name) => existsSync(join(folder, name, 'LC_MESSAGES', 'djangojs.po'))).sort()];
}

function english({ msgid, plural }: Marked): string | string[] {
  return plural === null ? msgid : [msgid, plural];
}

/** The array of one language. What has no translation stands in English and is named in `missing`. */
export function stringsOf(root: string, language: string, marked: readonly Marked[]): { strings: Strings; missing: string[] } {
  if (language === 'en') return { strings: marked.map(english), missing: [] };
  const po = readPo(join(root, 'locale', language, 'LC_MESSAGES', 'djangojs.po'));
  const order = formOrder(language, po.plural);
  const missing: string[] = [];
  const strings = marked.map((text) => {
    const forms = po.entries.get(text.msgid);
    if (!forms || (text.plural !== null && forms.length !== po.count)) {
      missing.push(text.msgid);
      // A plural text must still have a form for each category of the page's language.
      return text.plural === null ? text.msgid : order.map((form) => (form === 0 ? text.msgid : text.plural) ?? text.msgid);
    }
    return text.plural === null ? (forms[0] ?? text.msgid) : order.map((form) => forms[form] ?? text.msgid);
  });
  return { strings, missing };
}
