// The texts of our own pages: `{% browser_strings %}` names them in the head, this takes them in.
import { setCatalogue, type Catalogue } from './i18n.ts';

const ATTEMPTS = 3;

async function fetched(address: string, attempt = 1): Promise<Catalogue> {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return (await response.json()) as Catalogue;
  } catch (error) {
    if (attempt === ATTEMPTS) throw error;
    return fetched(address, attempt + 1);
  }
}

/** What a built page waits for before its first text; the build writes the call into every entry. */
export async function loadStrings(page: Document): Promise<void> {
  const link = page.querySelector<HTMLLinkElement>('link[data-strings]');
  if (!link) throw new Error('{% browser_strings %} is missing in the head of this page.');
  setCatalogue(page.documentElement.lang, await fetched(link.href));
}
