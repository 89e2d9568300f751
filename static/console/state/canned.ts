// Canned replies: finding one by what was typed after the slash, and filling in its variables. Pure.
import { folded } from '../../shared/fold.ts';
import type { CannedReply } from '../boot.ts';

export interface SlashQuery {
  query: string;
  /** Where the slash stands in the text. */
  start: number;
}

/** What was typed after a slash that begins a word, right before the caret; null when there is none. */
export function slashQuery(text: string, caret: number): SlashQuery | null {
  const match = /(?:^|\s)\/([^\s/]*)$/u.exec(text.slice(0, caret));
  return match ? { query: match[1] ?? '', start: caret - (match[1]?.length ?? 0) - 1 } : null;
}

/** The replies for a query, best first: shortcut begins with it, title begins, shortcut or title contains, text contains. */
export function searched(replies: readonly CannedReply[], query: string, limit = 8): CannedReply[] {
  const wanted = folded(query);
  const rank = (reply: CannedReply): number => {
    const shortcut = folded(reply.shortcut);
    const title = folded(reply.title);
    if (shortcut.startsWith(wanted)) return 0;
    if (title.startsWith(wanted)) return 1;
    if (shortcut.includes(wanted) || title.includes(wanted)) return 2;
    return folded(reply.text).includes(wanted) ? 3 : 9;
  };
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((one) => one.rank < 9)
    .sort((a, b) => a.rank - b.rank || (a.reply.shortcut < b.reply.shortcut ? -1 : 1))
    .slice(0, limit)
    .map((one) => one.reply);
}

/** Put values in place of `{{contact.name}}`; what is unknown or empty stays visible, so that nobody sends a gap. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => values[name] || whole);
}

/** The text and the caret after a reply replaced the slash query. `{{cursor}}` in the reply says where to go on. */
export function inserted(text: string, query: SlashQuery, caret: number, reply: string): { text: string; caret: number } {
  const [before = '', ...rest] = reply.split(/\{\{\s*cursor\s*\}\}/);
  const after = rest.join('');
  return {
    text: text.slice(0, query.start) + before + after + text.slice(caret),
    caret: query.start + before.length,
  };
}
