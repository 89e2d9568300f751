// Finds the gettext calls of one TypeScript source by its syntax tree, so that no string is lost to a quote or a tag.
import { relative } from 'node:path';
import ts from 'typescript';

/** Where a msgid stands in the source, its quotes included. */
export interface Span {
  start: number;
  end: number;
  text: string;
}

export interface Call {
  /** The msgid; for `ngettext` the English singular. */
  msgid: Span;
  /** The English plural of `ngettext`. */
  plural: Span | null;
}

const NAMES = new Set(['_', 'gettext', 'ngettext']);

export class MarkingError extends Error {}

const parsed = new Map<string, { text: string; source: ts.SourceFile }>();

/** Each file is asked for its imports and for its texts, by several passes of a build: parsing it once is enough. */
function parse(fileName: string, text: string): ts.SourceFile {
  const known = parsed.get(fileName);
  if (known?.text === text) return known.source;
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  parsed.set(fileName, { text, source });
  return source;
}

function where(source: ts.SourceFile, node: ts.Node): string {
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return `${relative(process.cwd(), source.fileName)}:${line + 1}`;
}

/** The text of a literal, also one that goes on over several lines with `+`. */
function literal(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return literal(node.expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [literal(node.left), literal(node.right)];
    return left === null || right === null ? null : left + right;
  }
  return null;
}

/** Every literal an argument can be: `_(isNew ? 'New' : 'Old')` has two. */
function spans(source: ts.SourceFile, node: ts.Expression | undefined): Span[] {
  if (node && ts.isConditionalExpression(node)) return [...spans(source, node.whenTrue), ...spans(source, node.whenFalse)];
  const text = node ? literal(node) : null;
  if (!node || text === null) {
    throw new MarkingError(`${where(source, node ?? source)}: gettext takes a literal; write the texts out where they are chosen`);
  }
  return [{ start: node.getStart(source), end: node.getEnd(), text }];
}

function isInsideFunction(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node.parent; at as ts.Node | undefined; at = at.parent) {
    if (ts.isFunctionLike(at)) return true;
    if (ts.isPropertyDeclaration(at) && !at.modifiers?.some((one) => one.kind === ts.SyntaxKind.StaticKeyword)) return true;
  }
  return false;
}

function read(source: ts.SourceFile, call: ts.CallExpression): Call[] {
  if (!isInsideFunction(call)) {
    throw new MarkingError(`${where(source, call)}: gettext at the top of a module runs before the page's strings are there`);
  }
  const [first, second] = call.arguments;
  if ((call.expression as ts.Identifier).text !== 'ngettext') return spans(source, first).map((msgid) => ({ msgid, plural: null }));
  const [[msgid], [plural]] = [spans(source, first), spans(source, second)];
  return msgid && plural ? [{ msgid, plural }] : [];
}

/** The marked texts of a file in the order they are written. Throws MarkingError on one that cannot be translated. */
export function findCalls(fileName: string, text: string): Call[] {
  const source = parse(fileName, text);
  const found: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && NAMES.has(node.expression.text)) {
      found.push(...read(source, node));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The relative modules a file imports, also dynamically; types bring no text and are left out. */
export function findImports(fileName: string, text: string): string[] {
  const source = parse(fileName, text);
  const found: string[] = [];
  const take = (node: ts.Expression | undefined): void => {
    if (node && ts.isStringLiteralLike(node) && node.text.startsWith('.')) found.push(node.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword) take(node.moduleSpecifier);
    if (ts.isExportDeclaration(node) && !node.isTypeOnly) take(node.moduleSpecifier);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) take(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
