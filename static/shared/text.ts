// What a person typed, made ready to show: links found, direction known. Nothing here makes markup from text.
import type { Direction } from './types.ts';

export interface Segment {
  text: string;
  /** Set on links only; always http, https or mailto. */
  href?: string;
}

const LINK = /\bhttps?:\/\/[^\s<>"'`]+|\bwww\.[^\s<>"'`]+\.[^\s<>"'`]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/giu;
// Punctuation that ends the sentence, not the link; the Arabic comma, semicolon, question mark and full stop too.
const TRAILING = /[.,;:!?…'"*_~،؛؟۔»”’]{1,99}$/u;

const BRACKETS = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
] as const;

/** Give the closing brackets back to the sentence unless they were opened inside the link, as Wikipedia's are. */
function trimmed(link: string): string {
  let shorter = link.replace(TRAILING, '');
  for (const [open, close] of BRACKETS) {
    while (shorter.endsWith(close) && shorter.split(open).length < shorter.split(close).length) {
      shorter = shorter.slice(0, -1).replace(TRAILING, '');
    }
  }
  return shorter;
}

function hrefOf(link: string): string | undefined {
  if (/^https?:/i.test(link)) {
    // An address that hides its host behind a name (https://bank@evil) stays text.
    return URL.canParse(link) && !new URL(link).username ? link : undefined;
  }
  if (/^www\./i.test(link)) {
    const href = `https://${link}`;
    return URL.canParse(href) && !new URL(href).username ? href : undefined;
  }
  return `mailto:${link}`;
}

/** Cut a text into plain and link segments; joined again they are the text, character for character. */
export function linkify(text: string): Segment[] {
  const segments: Segment[] = [];
  let done = 0;
  const plain = (until: number): void => {
    if (until > done) segments.push({ text: text.slice(done, until) });
    done = until;
  };
  for (const match of text.matchAll(LINK)) {
    const link = trimmed(match[0]);
    const href = hrefOf(link);
    if (!href || match.index < done) continue;
    plain(match.index);
    segments.push({ text: link, href });
    done = match.index + link.length;
  }
  plain(text.length);
  return segments;
}

const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /\p{L}/u;
const SKIPPED = /https?:\/\/\S+|www\.\S+|(?<!\S)\S+@\S+|@[\w.-]+|`[^`]*`/giu;

/**
 * The direction of one message: that of its first letter which is not part of an address, a mention or code.
 * `auto` when it has no letters at all. (`dir="auto"` alone takes a leading link for English.)
 */
export function directionOf(text: string): Direction {
  for (const character of text.replace(SKIPPED, ' ')) {
    if (LETTER.test(character)) return RTL.test(character) ? 'rtl' : 'ltr';
  }
  return 'auto';
}
