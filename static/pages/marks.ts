// Putting the marks of an article's text around what is chosen in a text field. Pure.

export interface Chosen {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const AROUND: Readonly<Record<string, readonly [string, string]>> = {
  strong: ['**', '**'],
  em: ['*', '*'],
  link: ['[', '](https://)'],
};
const BEFORE: Readonly<Record<string, string>> = { heading: '## ', list: '- ', steps: '1. ', quote: '> ' };

/** Return the text with a mark, and what is chosen then; a mark that is there already is taken away. */
export function marked(name: string, { text, start, end }: Chosen): Chosen {
  const around = AROUND[name];
  if (around !== undefined) {
    return wrapped(around, { text, start, end });
  }
  const before = BEFORE[name];
  return before === undefined ? { text, start, end } : prefixed(before, { text, start, end });
}

function wrapped([open, close]: readonly [string, string], { text, start, end }: Chosen): Chosen {
  const inside = text.slice(start, end);
  if (text.slice(start - open.length, start) === open && text.slice(end, end + close.length) === close) {
    const bare = text.slice(0, start - open.length) + inside + text.slice(end + close.length);
    return { text: bare, start: start - open.length, end: end - open.length };
  }
  const made = text.slice(0, start) + open + inside + close + text.slice(end);
  return { text: made, start: start + open.length, end: end + open.length };
}

function prefixed(before: string, { text, start, end }: Chosen): Chosen {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end);
  const lines = text.slice(from, to).split('\n');
  const isMarked = lines.every((line) => line.startsWith(before));
  const made = lines.map((line) => (isMarked ? line.slice(before.length) : before + line)).join('\n');
  return { text: text.slice(0, from) + made + text.slice(to), start: from, end: from + made.length };
}
