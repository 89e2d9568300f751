// The build's side of gettext: numbers take the place of the msgids in the code, and every language becomes one array.
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { findCalls } from './calls.ts';
import { collect, languages, reachable, stringsOf, type Marked } from './strings.ts';

const LISTED = 20;

interface Options {
  root: string;
  /** All entries whose code shares these strings, also those that are built in another run. */
  entries: readonly string[];
  /**
   * `hashed`: assets of their own, named in strings.json, and every entry waits for its page's before its first line.
   * Otherwise the name of each language's file, which the server puts into the document.
   */
  files: 'hashed' | ((language: string) => string);
}

/** Put the numbers in, and keep every other character where it was, so that source maps stay true. */
export function withNumbers(fileName: string, code: string, numbers: ReadonlyMap<string, number>): string {
  let result = code;
  const put = (start: number, end: number, number: number): void => {
    const room = code.slice(start, end).replace(/[^\n]/g, ' ');
    result = result.slice(0, start) + String(number) + room.slice(String(number).length) + result.slice(end);
  };
  for (const { msgid, plural } of findCalls(fileName, code).reverse()) {
    const number = numbers.get(msgid.text);
    if (number === undefined) throw new Error(`${fileName}: "${msgid.text}" is not among the strings of this build`);
    if (plural) put(plural.start, plural.end, 0);
    put(msgid.start, msgid.end, number);
  }
  return result;
}

function listed(msgids: readonly string[]): string {
  return msgids.slice(0, LISTED).join(' | ') + (msgids.length > LISTED ? ' | …' : '');
}

export function gettextStrings({ root, entries, files }: Options): Plugin {
  let marked: Marked[] = [];
  let numbers = new Map<string, number>();
  const waiting = new Set(files === 'hashed' ? entries.map((entry) => resolve(root, entry)) : []);
  const wait = `import { loadStrings } from '${resolve(root, 'static/shared/strings.ts')}'; await loadStrings(document); `;
  return {
    name: 'gettext-strings',
    apply: 'build',
    enforce: 'pre',
    // Reading every source by its syntax tree is most of what a small build does, and is meant to be.
    config: () => ({ build: { rolldownOptions: { checks: { bundlerTimings: false } } } }),
    buildStart() {
      marked = collect(root, reachable(entries.map((entry) => resolve(root, entry))));
      numbers = new Map(marked.map(({ msgid }, number) => [msgid, number]));
    },
    transform: {
      filter: { id: /\/static\/.*\.tsx?$/ },
      handler(code, id) {
        const numbered = withNumbers(id, code, numbers);
        return { code: waiting.has(id) ? wait + numbered : numbered, map: null };
      },
    },
    generateBundle() {
      const places: Record<string, string> = {};
      for (const language of languages(root)) {
        const { strings, missing } = stringsOf(root, language, marked);
        if (missing.length) this.warn(`${language}: ${missing.length} of ${marked.length} texts stay English: ${listed(missing)}`);
        const source = JSON.stringify(strings);
        if (files === 'hashed') {
          places[language] = this.getFileName(this.emitFile({ type: 'asset', name: `${language}.json`, source }));
        } else {
          this.emitFile({ type: 'asset', fileName: files(language), source });
        }
      }
      if (files === 'hashed') this.emitFile({ type: 'asset', fileName: 'strings.json', source: JSON.stringify(places) });
    },
  };
}
