import { defineConfig } from 'vite';

/**
 * The visitors' side, in pieces that share nothing: `--mode loader` is the script of the host page, `--mode panel` the
 * script and the style that the server puts into the panel's document.
 */
export default defineConfig(({ mode }) => ({
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'static/dist/widget',
    emptyOutDir: false,
    target: 'es2022',
    // light-dark() and its like as they are written: rewriting them doubles the style.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: mode === 'loader' ? 'static/widget/loader/loader.ts' : 'static/widget/panel/main.tsx',
      output: {
        format: 'iife',
        entryFileNames: `${mode}.js`,
        assetFileNames: `${mode}[extname]`,
      },
    },
  },
}));
