// gettext in the browser. The build puts numbers in place of the msgids and injects one array per language;
// without a catalogue the English text of the code stands.

export type Translation = string | readonly string[];
export type Catalogue = readonly (Translation | null)[] | Readonly<Record<string, Translation>>;
export type Values = Readonly<Record<string, string | number>>;

// CLDR's order; the msgstr indices of our catalogues follow it (checked against every Plural-Forms by the build).
const ORDER = ['zero', 'one', 'two', 'few', 'many', 'other'];

let catalogue: Catalogue = {};
let tag = 'en';
let rules: { select: Intl.PluralRules; categories: string[] } | undefined;

/** Choose the language of this page. Call it once, before the first text is made. */
export function setCatalogue(language: string, strings: Catalogue): void {
  tag = language;
  catalogue = strings;
  rules = undefined;
}

/** The BCP 47 tag of this page's language. */
export function language(): string {
  return tag;
}

function find(msgid: string): Translation | null | undefined {
  return (catalogue as Readonly<Record<string, Translation>>)[msgid];
}

/** Where scripts of both directions may meet, a value is isolated (U+2068, U+2069), so that neither reorders the other. */
function fill(text: string, values?: Values): string {
  return values ? text.replace(/%\((\w+)\)s/g, (whole, name: string) => {
    const value = values[name] ?? whole;
    return typeof value === 'string' && /[\u0590-\u08ff\ufb1d-\ufefc]/.test(text + value) ? `\u2068${value}\u2069` : String(value);
  }) : text;
}

/** `_('Hello, %(name)s', { name })` in this page's language. */
export function gettext(msgid: string, values?: Values): string {
  const found = find(msgid);
  return fill(typeof found === 'string' && found ? found : msgid, values);
}
export { gettext as _ };

/** The form for `n`; `n` itself is `%(n)s` in the text and is written in the language's own digits by the caller. */
export function ngettext(one: string, many: string, n: number, values?: Values): string {
  const found = find(one);
  let text: string | undefined;
  if (found && typeof found !== 'string') {
    if (!rules) {
      const select = new Intl.PluralRules(tag);
      const used = select.resolvedOptions().pluralCategories as string[];
      rules = { select, categories: ORDER.filter((category) => used.includes(category)) };
    }
    text = found[rules.categories.indexOf(rules.select.select(n))];
  }
  return fill(text ?? (n === 1 ? one : many), { n, ...values });
}
