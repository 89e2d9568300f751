// Writing articles: nodes as elements, marks around words, tabs by keys.
import { describe, expect, it } from 'vitest';

import { drawn, type ArticleNode } from '../../../static/pages/article_nodes.ts';
import { marked } from '../../../static/pages/marks.ts';
import { target } from '../../../static/pages/tabs.ts';

function told(node: Node): string {
  if (!(node instanceof Element)) {
    return node.nodeName === '#text' ? `"${node.textContent ?? ''}"` : [...node.childNodes].map(told).join('');
  }
  const attributes = [...node.attributes].map(({ name, value }) => ` ${name}=${value}`).join('');
  return `${node.localName}${attributes}(${[...node.childNodes].map(told).join('')})`;
}

function shown(...nodes: ArticleNode[]): string {
  return told(drawn(nodes));
}

const words = (text: string): ArticleNode => ({ type: 'text', text });

describe('drawn', () => {
  it('makes an element of each kind', () => {
    const item = { type: 'item', children: [words('a')] };
    expect(shown({ type: 'heading', level: 3, children: [words('T')] })).toBe('h3("T")');
    expect(shown({ type: 'list', is_ordered: true, start: 3, children: [item] })).toBe('ol start=3(li("a"))');
    expect(shown({ type: 'list', is_ordered: false, start: 1, children: [item] })).toBe('ul(li("a"))');
    expect(shown({ type: 'pre', text: 'a < b' })).toBe('pre dir=ltr("a < b")');
  });

  it('shows text as text, and the words of a kind it does not know', () => {
    expect(shown({ type: 'paragraph', children: [words('<script>x</script>')] })).toBe(
      'p("<script>x</script>")',
    );
    expect(shown({ type: 'video', children: [words('see')] })).toBe('"see"');
  });

  it('links and shows nothing from where it must not', () => {
    expect(shown({ type: 'link', href: 'javascript:alert(1)', children: [words('x')] })).toBe('a("x")');
    expect(shown({ type: 'image', src: 'https://evil.example/x.png', text: 'x' })).not.toContain('src');
  });
});

describe('marked', () => {
  it('goes round what is chosen, and away again', () => {
    const bold = marked('strong', { text: 'a big cup', start: 2, end: 5 });
    expect(bold).toEqual({ text: 'a **big** cup', start: 4, end: 7 });
    expect(marked('strong', bold)).toEqual({ text: 'a big cup', start: 2, end: 5 });
  });

  it('stands before every chosen line, and away again', () => {
    const listed = marked('list', { text: 'one\ntwo\nthree', start: 1, end: 5 });
    expect(listed.text).toBe('- one\n- two\nthree');
    expect(marked('list', listed).text).toBe('one\ntwo\nthree');
  });
});

describe('target', () => {
  it('goes round the ends, along the line', () => {
    expect(target('ArrowRight', 3, 4, false)).toBe(0);
    expect(target('ArrowRight', 0, 4, true)).toBe(3);
    expect(target('ArrowLeft', 0, 4, true)).toBe(1);
    expect(target('End', 0, 4, false)).toBe(3);
    expect(target('a', 0, 4, false)).toBeNull();
  });
});
