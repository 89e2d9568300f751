// Comparing what people type: the browser's half of conversations/text.py.

/** Lower case, without accents and tatweel, with one kind of Arabic yeh, kaf and digits: what searching compares. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640\u200c]/gu, '')
    .replace(/[\u064a\u0649]/g, '\u06cc')
    .replace(/\u0643/g, '\u06a9')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .toLowerCase();
}
