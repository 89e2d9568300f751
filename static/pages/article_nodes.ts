// The nodes of an article (conversations/article_nodes.py) as elements of the page: no HTML is ever parsed.

export interface ArticleNode {
  readonly type: string;
  readonly children?: readonly ArticleNode[];
  readonly text?: string;
  readonly level?: number;
  readonly is_ordered?: boolean;
  readonly start?: number;
  readonly href?: string;
  readonly src?: string;
  readonly width?: number;
  readonly height?: number;
}

const ELEMENTS: Readonly<Record<string, string>> = {
  paragraph: 'p',
  item: 'li',
  quote: 'blockquote',
  strong: 'strong',
  em: 'em',
  break: 'br',
};

/** Return the nodes as a fragment. A kind that is not known shows its words. */
export function drawn(nodes: readonly ArticleNode[]): DocumentFragment {
  const made = document.createDocumentFragment();
  for (const node of nodes) {
    made.append(one(node));
  }
  return made;
}

function one(node: ArticleNode): Node {
  switch (node.type) {
    case 'text':
      return document.createTextNode(node.text ?? '');
    case 'heading':
      return filled(document.createElement(`h${node.level ?? 2}`), node);
    case 'list':
      return filled(list(node), node);
    case 'link':
      return filled(link(node.href ?? ''), node);
    case 'image':
      return image(node);
    case 'code':
    case 'pre': {
      const element = document.createElement(node.type);
      element.dir = 'ltr';
      element.textContent = node.text ?? '';
      return element;
    }
    default: {
      const name = ELEMENTS[node.type];
      return name === undefined ? drawn(node.children ?? []) : filled(document.createElement(name), node);
    }
  }
}

function filled(element: HTMLElement, node: ArticleNode): HTMLElement {
  element.append(drawn(node.children ?? []));
  return element;
}

function list(node: ArticleNode): HTMLElement {
  if (node.is_ordered !== true) {
    return document.createElement('ul');
  }
  const made = document.createElement('ol');
  made.start = node.start ?? 1;
  return made;
}

function link(href: string): HTMLElement {
  const made = document.createElement('a');
  // The server lets nothing else through; this is the second look.
  if (/^(https?:\/\/|mailto:|tel:)/i.test(href)) {
    made.href = href;
    made.target = '_blank';
    made.rel = 'noopener noreferrer';
  }
  return made;
}

function image(node: ArticleNode): HTMLElement {
  const made = document.createElement('img');
  made.alt = node.text ?? '';
  made.width = node.width ?? 1;
  made.height = node.height ?? 1;
  if (node.src?.startsWith('/files/') === true) {
    made.src = node.src;
  }
  return made;
}
