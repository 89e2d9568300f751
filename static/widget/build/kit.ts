// The second half of the panel shares the modules of the first, which stands in the document and cannot be imported:
// its imports of them become reads of the list that panel/kit.ts makes.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

const KIT = 'static/widget/panel/kit.ts';
// What only operators need has a stand-in beside the second half.
const OPERATORS = /\/static\/shared\/(amend_row|reduce_operators)\.ts$/;
const ID = '\0parley-kit';

/** The names behind `export { a, b as c } from` and `export * from` of a module of ours. */
function names(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const listed = [...source.matchAll(/^export \{([^}]+)\}/gm)].flatMap(([, list = '']) =>
    list.split(',').map((name) => name.trim().split(' as ').at(-1) ?? ''),
  );
  const declared = [...source.matchAll(/^export (?:async )?(?:const|let|function) (\w+)/gm)].map(([, name = '']) => name);
  const starred = [...source.matchAll(/^export \* from '\.\/([^']+)'/gm)].flatMap(([, path = '']) =>
    names(file.replace(/[^/]+$/, path)),
  );
  return [...listed, ...declared, ...starred].filter(Boolean);
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
      return id === ID ? `export const { ${names(KIT).join(', ')} } = globalThis.parleyKit;\nexport { gettext as _ };` : null;
    },
  };
}
