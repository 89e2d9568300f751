import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { gettextStrings } from './static/i18n/plugin.ts';
import { apart } from './static/widget/build/apart.ts';
import { kit } from './static/widget/build/kit.ts';

/**
 * The visitors' side, in pieces that are built one by one. `--mode loader`: the script of the host page. `--mode panel`:
 * the script and style that the server puts into the panel's document. `--mode more`: what the panel fetches after it.
 * `--mode poll`: what it fetches where sockets are blocked. `--mode screens`: what it fetches to show the home or an article.
 */
const PANEL = 'static/widget/panel/main.tsx';
const MORE = 'static/widget/more/main.tsx';
const POLL = 'static/widget/more/poll.ts';
const SCREENS = 'static/widget/screens/main.tsx';
/** One numbering for all parts of the panel; the server puts the language's array into the document. */
const texts = gettextStrings({ root: import.meta.dirname, entries: [PANEL, MORE, SCREENS], files: (language) => `panel.${language}.json` });
const PIECES = {
  loader: { input: 'static/widget/loader/loader.ts', format: 'iife', plugins: [] },
  panel: { input: PANEL, format: 'iife', plugins: [texts] },
  more: { input: MORE, format: 'es', plugins: [kit('more'), apart(), texts] },
  poll: { input: POLL, format: 'es', plugins: [kit('more')] },
  screens: { input: SCREENS, format: 'es', plugins: [kit('screens'), texts] },
} as const;

export default defineConfig(({ mode }) => {
  const { input, format, plugins } = PIECES[mode as keyof typeof PIECES];
  return {
    publicDir: false as const,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [...plugins],
    resolve: { alias: { 'preact/jsx-runtime': resolve(import.meta.dirname, 'static/widget/panel/jsx.ts') } },
    build: {
      outDir: 'static/dist/widget',
      emptyOutDir: false,
      target: 'es2022',
      // light-dark() and its like as they are written: rewriting them doubles the style.
      cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
      cssCodeSplit: false,
      modulePreload: false as const,
      reportCompressedSize: false,
      rolldownOptions: {
        input,
        checks: { bundlerTimings: false },
        preserveEntrySignatures: 'strict' as const,
        // What a part does not use of those before it is not named in it.
        treeshake: { propertyReadSideEffects: false },
        output: { format, entryFileNames: `${mode}.js`, assetFileNames: `${mode}[extname]` },
      },
    },
  };
});
