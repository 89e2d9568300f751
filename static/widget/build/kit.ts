// Each part of the panel shares modules of those before it, the first of which stands in the document and cannot be
// imported: its imports of them become reads of the lists that panel/kit.ts and more/kit.ts make.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

// What only operators need has a stand-in beside the second half.
const OPERATORS = /\/static\/shared\/(amend_row|reduce_operators)\.ts$/;
const ID = '\0parley-kit';
/** The parts that lie before another: the folders of their modules, and where their lists stand. */
const BEFORE = { more: ['panel'], screens: ['panel', 'more'] } as const;

/** The names in the list of a part. */
function names(part: string): string[] {
  const [, list = ''] = /^export const kit = \{([^}]+)\}/m.exec(readFileSync(`static/widget/${part}/kit.ts`, 'utf8')) ?? [];
  return list.split(',').map((name) => name.trim()).filter(Boolean);
}

export function kit(part: keyof typeof BEFORE): Plugin {
  const before = BEFORE[part];
  const shared = [new RegExp(`/static/widget/(${before.join('|')})/.*\\.tsx?$`), /\/static\/shared\/(i18n|ids|transport|types)\.ts$/];
  return {
    name: 'parley-kit',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source.startsWith('preact') || shared.some((pattern) => pattern.test(source))) return ID;
      if (!importer || !source.startsWith('.')) return null;
      const path = resolve(dirname(importer), source);
      if (OPERATORS.test(path)) return path.replace('/static/shared/', '/static/widget/more/');
      return shared.some((pattern) => pattern.test(path)) ? ID : null;
    },
    load(id) {
      if (id !== ID) return null;
      const each = before.flatMap(names).map((name) => `export const ${name} = kit.${name};`);
      return ['const kit = globalThis.parleyKit;', ...each, 'export { gettext as _ };'].join('\n');
    },
  };
}
