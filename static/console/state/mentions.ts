// Mentioning people and teams in notes: finding one by what was typed after the @, and whom a text mentions. Pure.
import type { Mention } from '../../shared/events.gen.ts';
import { folded } from '../../shared/fold.ts';
import type { SlashQuery } from './canned.ts';

export type Mentionable = Mention;

/** Names have blanks in them: what is typed may, as long as somebody is called so. */
const QUERY = /(?:^|[\s(])@([^@\n]{0,40})$/u;

/** What was typed after an @ that begins a word, right before the caret; null when there is none. */
export function atQuery(text: string, caret: number, people: readonly Mentionable[]): SlashQuery | null {
  const typed = QUERY.exec(text.slice(0, caret))?.[1];
  if (typed === undefined) return null;
  const isOver = /\s/u.test(typed) && !people.some(({ name }) => folded(name).startsWith(folded(typed)) && name.length > typed.length);
  return isOver ? null : { query: typed, start: caret - typed.length - 1 };
}

/** Those for a query, best first: the name begins with it, one of its words does, it is somewhere inside. */
export function matching(people: readonly Mentionable[], query: string, limit = 8): Mentionable[] {
  const wanted = folded(query);
  const rank = (name: string): number => {
    if (name.startsWith(wanted)) return 0;
    if (name.split(/\s+/u).some((word) => word.startsWith(wanted))) return 1;
    return name.includes(wanted) ? 2 : 9;
  };
  return people
    .map((one) => ({ one, rank: rank(folded(one.name)) }))
    .filter((found) => found.rank < 9)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map((found) => found.one);
}

export interface Piece {
  text: string;
  mention?: Mention;
}

/** Cut a text into what mentions somebody and what does not; joined again it is the text. The longest name first. */
export function pieces(text: string, mentions: readonly Mention[]): Piece[] {
  const byName = new Map(mentions.map((one) => [`@${one.name}`, one]));
  const names = [...byName.keys()].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (!names.length) return [{ text }];
  const pattern = new RegExp(`((?<=^|[\\s(])(?:${names.join('|')})(?![\\p{L}\\p{N}]))`, 'u');
  return text.split(pattern).filter(Boolean).map((part) => {
    const mention = byName.get(part);
    return mention ? { text: part, mention } : { text: part };
  });
}

/** The ids of whom a text mentions, each once. Where several have one name, all of them. */
export function mentionedIn(text: string, people: readonly Mentionable[]): string[] {
  const called = new Set(pieces(text, people).flatMap(({ mention }) => (mention ? [mention.name] : [])));
  return people.filter(({ name }) => called.has(name)).map(({ id }) => id);
}
