// Reads a .po file and its plural rule. The rule is parsed, never evaluated as code.
import { readFileSync } from 'node:fs';

export interface Po {
  /** msgid to its one translation, or to its plural forms in gettext's order. Only what is fully translated. */
  entries: Map<string, string[]>;
  /** Index of the form for a number, as Plural-Forms says. */
  plural: (n: number) => number;
  count: number;
}

interface Entry {
  msgid: string;
  forms: string[];
  isFuzzy: boolean;
}

function parseEntry(block: string): Entry {
  const entry: Entry = { msgid: '', forms: [], isFuzzy: false };
  let add: ((text: string) => void) | null = null;
  for (const line of block.split('\n')) {
    if (line.startsWith('#,') && line.includes('fuzzy')) entry.isFuzzy = true;
    const [, keyword, index, quoted] = /^(?:(msg[a-z_]+)(?:\[(\d+)\])?\s*)?(".*")\s*$/.exec(line) ?? [];
    if (quoted === undefined) continue;
    if (keyword === 'msgid') add = (text) => { entry.msgid += text; };
    else if (keyword === 'msgstr') {
      const form = Number(index ?? 0);
      add = (text) => { entry.forms[form] = (entry.forms[form] ?? '') + text; };
    } else if (keyword) add = null;
    add?.(JSON.parse(quoted) as string);
  }
  return entry;
}

type Rule = (n: number) => number;

const LEVELS = [['||'], ['&&'], ['==', '!='], ['<=', '>=', '<', '>'], ['+', '-'], ['*', '/', '%']];
const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '||': (a, b) => Number(a !== 0 || b !== 0), '&&': (a, b) => Number(a !== 0 && b !== 0),
  '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b),
  '<=': (a, b) => Number(a <= b), '>=': (a, b) => Number(a >= b), '<': (a, b) => Number(a < b), '>': (a, b) => Number(a > b),
  '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => a / b, '%': (a, b) => a % b,
};

/** A C expression over `n` as in `Plural-Forms: plural=...`. Throws SyntaxError on anything else. */
export function parseRule(source: string): Rule {
  const tokens = source.match(/\d+|n|\|\||&&|[=!<>]=|[-+*/%<>!?:()]|[^\s]/g) ?? [];
  let at = 0;
  const take = (wanted: string): void => {
    if (tokens[at] !== wanted) throw new SyntaxError(`Plural-Forms: ${wanted} expected in ${source}`);
    at += 1;
  };
  const atom = (): Rule => {
    const token = tokens[at] ?? '';
    at += 1;
    if (token === 'n') return (n) => n;
    if (token === '!') {
      const inner = atom();
      return (n) => Number(inner(n) === 0);
    }
    if (token === '(') {
      const inner = choice();
      take(')');
      return inner;
    }
    if (!/^\d+$/.test(token)) throw new SyntaxError(`Plural-Forms: ${token} in ${source}`);
    return () => Number(token);
  };
  const binary = (level: number): Rule => {
    const signs = LEVELS[level];
    if (!signs) return atom();
    let left = binary(level + 1);
    while (signs.includes(tokens[at] ?? '')) {
      const operation = OPERATIONS[tokens[at] ?? ''];
      at += 1;
      const [first, second] = [left, binary(level + 1)];
      left = (n) => operation?.(first(n), second(n)) ?? 0;
    }
    return left;
  };
  const choice = (): Rule => {
    const test = binary(0);
    if (tokens[at] !== '?') return test;
    take('?');
    const yes = choice();
    take(':');
    const no = choice();
    return (n) => (test(n) !== 0 ? yes(n) : no(n));
  };
  const rule = choice();
  if (at !== tokens.length) throw new SyntaxError(`Plural-Forms: ${tokens.slice(at).join('')} is left over in ${source}`);
  return rule;
}

export function parsePo(text: string): Po {
  const all = text.split(/\n\s*\n/).map(parseEntry);
  const header = all.find((entry) => entry.msgid === '')?.forms[0] ?? '';
  const [, count, rule] = /^Plural-Forms:\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*(.+?);?\s*$/m.exec(header) ?? [];
  if (!count || !rule) throw new SyntaxError('The catalogue has no Plural-Forms.');
  const usable = all.filter((entry) => entry.msgid && !entry.isFuzzy && entry.forms.length && entry.forms.every(Boolean));
  return {
    entries: new Map(usable.map((entry) => [entry.msgid, entry.forms])),
    plural: parseRule(rule),
    count: Number(count),
  };
}

export function readPo(path: string): Po {
  return parsePo(readFileSync(path, 'utf8'));
}
