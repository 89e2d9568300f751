// The second half of the panel shares the modules of the first, which stands in the document and cannot be imported:
// its imports of them become reads of the list that panel/kit.ts makes.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

const KIT = 'static/widget/panel/kit.ts';
// What only operators need has a stand-in beside the second half.
const OPERATORS = /\/static\/shared\/(amend_row|reduce_operators)\.ts$/;
const ID = '\0parley-kit';

/** The names in the list. */
function names(): string[] {
  const [, list = ''] = /^export const kit = \{([^}]+)\}/m.exec(readFileSync(KIT, 'utf8')) ?? [];
  return list.split(',').map((name) => name.trim()).filter(Boolean);
}

const SHARED = [/\/static\/widget\/panel\//, /\/static\/shared\/(i18n|ids|transport|types)\.ts$/];

export function kit(): Plugin {
  return {
    name: 'parley-kit',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source.startsWith('preact') || SHARED.some((pattern) => pattern.test(source))) return ID;
      if (!importer || !source.startsWith('.')) return null;
      const path = resolve(dirname(importer), source);
      if (OPERATORS.test(path)) return path.replace('/static/shared/', '/static/widget/more/');
      return SHARED.some((pattern) => pattern.test(path)) ? ID : null;
    },
    load(id) {
      return id === ID ? `export const { ${names().join(', ')} } = globalThis.parleyKit;\nexport { gettext as _ };` : null;
    },
  };
}
