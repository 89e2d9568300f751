// Nothing people read is written past gettext. The server's twin: tests/languages/test_hard_coded_text.py.
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { allSources } from '../../../static/i18n/strings.ts';

const WORD = /\p{L}{2,}/u;
// Names and keys, which are the same in every language, and entities.
const NAMES = /&\w+;|\b(?:Parley|Ctrl|Shift|Enter|Esc|Alt|Cmd|Tab|px)\b/g;
const SPOKEN = new Set(['alt', 'aria-label', 'aria-description', 'label', 'placeholder', 'title', 'text', 'hint']);
const UNSPOKEN = new Set(['code', 'kbd', 'pre', 'style']);

/** The texts of a TSX source that stand in the markup or in an attribute people see or hear. */
function hardCoded(fileName: string, text: string): string[] {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const isText = (value: string): boolean => WORD.test(value.replace(NAMES, ''));
  const take = (node: ts.Node | undefined): void => {
    if (!node) return;
    if (ts.isJsxExpression(node)) take(node.expression);
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(take);
    else if (ts.isStringLiteralLike(node) && isText(node.text)) found.push(node.text);
    else if (ts.isTemplateExpression(node)) {
      for (const piece of [node.head, ...node.templateSpans.map((span) => span.literal)]) if (isText(piece.text)) found.push(piece.text);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxElement(node)) {
      if (UNSPOKEN.has(node.openingElement.tagName.getText(source))) return;
      for (const child of node.children) {
        if (ts.isJsxText(child) && isText(child.text)) found.push(child.text.trim());
        if (ts.isJsxExpression(child)) take(child);
      }
    }
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText(source))) take(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('text in the browser', () => {
  it('is seen by this check in markup, choices and attributes', () => {
    expect(hardCoded('a.tsx', `const v = <p title="Close it" class="word">Hi there {on ? 'On' : _('Off')} <kbd>Esc</kbd>
      {\`\${n} days\`} <Icon name="gear" /> {n}</p>;`)).toEqual(['Hi there', 'On', ' days', 'Close it']);
  });

  it('goes through gettext', () => {
    const sources = allSources(process.cwd()).filter((path) => path.endsWith('.tsx'));
    const found = sources.flatMap((path) => hardCoded(path, readFileSync(path, 'utf8')).map((text) => `${path}: ${text}`));
    expect(found).toEqual([]);
  });
});
