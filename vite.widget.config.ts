import { defineConfig } from 'vite';
import { kit } from './static/widget/build/kit.ts';
import { strings } from './static/widget/build/strings.ts';

/**
 * The visitors' side, in pieces that are built one by one. `--mode loader`: the script of the host page. `--mode panel`:
 * the script and style that the server puts into the panel's document. `--mode more`: what the panel fetches after it.
 */
const PIECES = {
  loader: { input: 'static/widget/loader/loader.ts', format: 'iife', plugins: [] },
  panel: { input: 'static/widget/panel/main.tsx', format: 'iife', plugins: [strings('panel.strings.json', 0)] },
  more: { input: 'static/widget/more/main.tsx', format: 'es', plugins: [kit(), strings('more.strings.json', 1000)] },
} as const;

export default defineConfig(({ mode }) => {
  const { input, format, plugins } = PIECES[mode as keyof typeof PIECES];
  return {
    publicDir: false as const,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [...plugins],
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
        preserveEntrySignatures: 'strict' as const,
        output: { format, entryFileNames: `${mode}.js`, assetFileNames: `${mode}[extname]` },
      },
    },
  };
});
