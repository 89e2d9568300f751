// Numbers in place of English: each `_('...')` becomes `_(12)`, and the list of texts goes beside the script, from where
// the server makes one array per language out of the gettext catalogues.
import type { Plugin } from 'vite';

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const FUNCTIONS = new Set(['_', 'gettext', 'ngettext']);
// Survives any minifier and stands in no text of ours.
const MARK = '§§';

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function* calls(node: Node): Generator<Node> {
  if (node.type === 'CallExpression') yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child)) yield* calls(child);
  }
}

function literal(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined;
}

/** `offset` keeps the numbers of bundles apart that share one catalogue in the browser. */
export function strings(fileName: string, offset: number): Plugin {
  const known: (string | [string, string])[] = [];
  const numberOf = (entry: string | [string, string]): number => {
    const same = known.findIndex((other) => String(other) === String(entry));
    return same >= 0 ? same : known.push(entry) - 1;
  };
  return {
    name: 'parley-strings',
    enforce: 'post',
    transform(code, id) {
      if (!/static\/(shared|widget)\/.*\.tsx?$/.test(id)) return null;
      const edits: { start: number; end: number; text: string }[] = [];
      for (const call of calls(this.parse(code) as unknown as Node)) {
        const callee = call['callee'] as Node;
        const [first, second] = call['arguments'] as Node[];
        const one = literal(first);
        if (callee.type !== 'Identifier' || !FUNCTIONS.has(String(callee['name'])) || !first || one === undefined) continue;
        const many = callee['name'] === 'ngettext' ? literal(second) : undefined;
        const index = numberOf(many === undefined ? one : [one, many]);
        edits.push({ start: first.start, end: first.end, text: `"${MARK}${index}${MARK}"` });
        if (many !== undefined && second) edits.push({ start: second.start, end: second.end, text: '""' });
      }
      if (!edits.length) return null;
      let made = code;
      for (const { start, end, text } of edits.sort((a, b) => b.start - a.start)) made = made.slice(0, start) + text + made.slice(end);
      return { code: made, map: null };
    },
    generateBundle(_options, bundle) {
      // Numbered in the order of the finished script, so that the same sources always give the same bytes.
      const order: number[] = [];
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        chunk.code = chunk.code.replace(new RegExp(`(["'\`])${MARK}(\\d+)${MARK}\\1`, 'g'), (_whole, _quote, index: string) => {
          if (!order.includes(Number(index))) order.push(Number(index));
          return String(offset + order.indexOf(Number(index)));
        });
      }
      this.emitFile({ type: 'asset', fileName, source: JSON.stringify(order.map((index) => known[index])) });
    },
  };
}
