import { defineConfig } from 'vitest/config';
import { gettextStrings } from './static/i18n/plugin.ts';

const input = ['static/console/main.tsx', 'static/pages/main.ts', 'static/analytics/main.ts', 'static/manual/main.ts'];

// The console, the controllers of the Django pages and the charts. The widget builds on its own: it has byte budgets
// and one inlined document, so it must not share chunks with these.
export default defineConfig({
  base: '/static/dist/',
  publicDir: 'static/public',
  plugins: [gettextStrings({ root: import.meta.dirname, entries: input, files: 'hashed' })],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'static/dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    // light-dark() and :dir() as written; older targets would blow every token up into two variables.
    cssTarget: ['chrome123', 'safari17.5', 'firefox120'],
    sourcemap: true,
    rolldownOptions: {
      input,
      checks: { bundlerTimings: false },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.{ts,tsx}', 'static/**/*.test.{ts,tsx}'],
    // Two cores are the smallest machine this has to run on beside the Python tests.
    maxWorkers: 2,
  },
});
