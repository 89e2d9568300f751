// What stands where a person's picture would be.

const LETTER = /[\p{L}\p{N}]/u;

/**
 * The first letters of the first and the last word, in capitals; words without a letter or number do not count. One
 * letter alone where the first is Arabic: two of them side by side would join into what looks like a word.
 */
export function initials(name: string, language?: string): string {
  const letters = name.split(/\s+/u).flatMap((word) => LETTER.exec(word)?.[0] ?? []);
  const [first = ''] = letters;
  const last = letters.length > 1 ? letters.at(-1) : '';
  return /\p{Script=Arabic}/u.test(`${first}${last ?? ''}`) ? first : `${first}${last ?? ''}`.toLocaleUpperCase(language);
}
