// A script that is fetched only when it is needed, from beside the one that asks for it. Written as a call of a name of
// its own, because the build wraps an `import()` that it sees in a kilobyte that preloads style sheets.
import type { Plugin } from 'vite';

export function apart(): Plugin {
  return { name: 'parley-apart', renderChunk: (code) => code.replaceAll('parleyImport(', 'import(') };
}
