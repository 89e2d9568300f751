import { describe, expect, it } from 'vitest';
import { findCalls, findImports, MarkingError } from '../../../static/i18n/calls.ts';

const inside = (body: string): string => `function view() { return ${body}; }`;
const msgids = (body: string): string[] => findCalls('a.tsx', inside(body)).map(({ msgid }) => msgid.text);

describe('extraction', () => {
  it('loses no string to an apostrophe, a tag or a comment in between', () => {
    expect(msgids(`<p>Don't {_('Hello, %(name)s', { name })} <b title={_("It's here")}>{/* it's */ _(\`Go on\`)}</b></p>`))
      .toEqual(['Hello, %(name)s', "It's here", 'Go on']);
  });

  it('takes plurals, texts over several lines and both sides of a choice', () => {
    const [plural] = findCalls('a.ts', inside(`ngettext('%(n)s day', '%(n)s days', n)`));
    expect([plural?.msgid.text, plural?.plural?.text]).toEqual(['%(n)s day', '%(n)s days']);
    expect(msgids(`_('One, ' +\n 'two')`)).toEqual(['One, two']);
    expect(msgids(`_(isNew ? 'New' : 'Old')`)).toEqual(['New', 'Old']);
  });

  it.each([inside('_(name)'), inside('_(`Hello ${name}`)'), inside(`_('Hello ' + name)`), `const LABEL = _('Top');`])(
    'refuses %s', (source) => {
      expect(() => findCalls('a.ts', source)).toThrow(MarkingError);
    },
  );

  it('follows imports that bring code, not those that bring types', () => {
    expect(findImports('a.ts', `
      import { a } from './a.ts'; import type { B } from './b.ts'; export * from './c.ts'; import 'preact';
      const d = () => import('./d.ts');
    `)).toEqual(['./a.ts', './c.ts', './d.ts']);
  });
});
