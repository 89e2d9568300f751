// Brings gettext's plural forms into the order the browser asks for them, so that the page carries no rule: it calls
// Intl.PluralRules and takes the form at the category's place.

/** CLDR's order, the same list as in static/shared/i18n.ts. */
const ORDER = ['zero', 'one', 'two', 'few', 'many', 'other'];
const WHOLE = Array.from({ length: 2001 }, (_unused, n) => n);
// Some categories are met by fractions alone: Lithuanian "many".
const PARTS = [0.5, 1.5, 2.5, 10.5];

/**
 * For each CLDR category of the language, in CLDR's order, the index of gettext's form.
 * Throws when the rule splits a category, since then no such list exists.
 */
export function formOrder(language: string, plural: (n: number) => number): number[] {
  const rules = new Intl.PluralRules(language);
  const used: readonly string[] = rules.resolvedOptions().pluralCategories;
  const ofWhole = new Set(WHOLE.map(plural));
  return ORDER.filter((category) => used.includes(category)).map((category) => {
    const inCategory = (n: number): boolean => rules.select(n) === category;
    const whole = WHOLE.filter(inCategory);
    const forms = whole.length
      ? [...new Set(whole.map(plural))]
      : PARTS.filter(inCategory).map(plural).filter((form) => !ofWhole.has(form)).slice(0, 1);
    const [form] = forms;
    if (form === undefined || forms.length > 1) {
      throw new RangeError(`Plural-Forms of ${language} has ${forms.length} forms where the browser has one (${category})`);
    }
    return form;
  });
}
