import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['static/dist/', 'static/public/', '.venv/', 'node_modules/', 'var/', 'eslint.config.js', '**/*.mjs'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60 }],
      complexity: ['error', 16],
      eqeqeq: 'error',
      'no-console': 'error',
      // Under Trusted Types these throw in the browser; better to hear it here.
      'no-eval': 'error',
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Build elements; markup from text is how scripts get in.' },
        { property: 'outerHTML', message: 'Build elements; markup from text is how scripts get in.' },
        { property: 'insertAdjacentHTML', message: 'Build elements; markup from text is how scripts get in.' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
    },
  },
  {
    files: ['tests/**', '**/*.test.ts', '**/*.test.tsx'],
    rules: { 'max-lines-per-function': 'off' },
  },
  // Written by a tool: as long as the events are many.
  { files: ['static/shared/events.gen.ts'], rules: { 'max-lines': 'off' } },
);
