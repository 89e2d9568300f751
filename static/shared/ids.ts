/**
 * A random UUID (version 4). `crypto.randomUUID` does not exist on `http:` pages, `getRandomValues` does.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(36));
  // Every 0 becomes any hexadecimal digit, the 8 (which carries the variant) one of 8, 9, a, b.
  return '00000000-0000-4000-8000-000000000000'.replace(/[08]/g, (digit, at: number) =>
    (+digit | ((bytes[at] ?? 0) & (digit === '8' ? 3 : 15))).toString(16),
  );
}
