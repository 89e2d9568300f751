// The second half of the panel shares the modules of the first, which stands in the document and cannot be imported:
// its imports of them become reads of the list that panel/kit.ts makes.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const KIT = 'static/widget/panel/kit.ts';
const ROWS = '/static/shared/amend_row.ts';
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

export function kit(): Plugin {
  const shared = [
    /\/preact\/jsx-runtime/,
    /\/preact\//,
    /\/static\/widget\/panel\//,
    /\/static\/shared\/(i18n|ids|transport|types)\.ts$/,
  ];
  return {
    name: 'parley-kit',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!importer) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      if (resolved?.id.endsWith(ROWS)) return resolved.id.replace(ROWS, '/static/widget/more/amend_row.ts');
      return resolved && shared.some((pattern) => pattern.test(resolved.id)) ? ID : resolved;
    },
    load(id) {
      if (id !== ID) return null;
      const list = names(KIT);
      const gettext = list.includes('gettext') ? 'gettext as _' : '';
      return `export const { ${list.join(', ')} } = globalThis.parleyKit;\nexport { ${gettext} };`;
    },
  };
}
