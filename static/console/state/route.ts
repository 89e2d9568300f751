// The address says what is on show: list and filters, conversation, message. Back and forward work everywhere.
import { signal } from '@preact/signals-core';
import { FIRST, isSort, isView } from './lists.ts';
import type { Filter } from './lists.ts';

/** What the address calls the board, in place of a list. */
const BOARD = 'visitors';
/** A saved view is called by its id. */
const SAVED = /^[0-9a-f-]{36}$/;

export interface Route {
  readonly filter: Filter;
  /** The visitors stand where the list does. */
  readonly isBoard: boolean;
  readonly conversation: string | null;
  /** Position of a message to jump to. */
  readonly message: number | null;
  /** What is searched for; null when nothing is. */
  readonly search: string | null;
}

/** Read an address below the inbox's own path. */
export function parseRoute(url: URL, root: string): Route {
  const rest = url.pathname.startsWith(root) ? url.pathname.slice(root.length) : '';
  const id = /^([0-9a-f-]{36})\/?$/i.exec(rest)?.[1] ?? null;
  const view = url.searchParams.get('view');
  const sort = url.searchParams.get('sort');
  const message = /^#m(\d+)$/.exec(url.hash)?.[1];
  return {
    filter: {
      view: isView(view) ? view : FIRST.view,
      saved: view !== null && SAVED.test(view) ? view : null,
      inbox: url.searchParams.get('inbox'),
      tag: url.searchParams.get('tag'),
      sort: isSort(sort) ? sort : FIRST.sort,
    },
    isBoard: view === BOARD,
    conversation: id,
    message: id !== null && message ? Number(message) : null,
    search: url.searchParams.get('q'),
  };
}

/** The address of a route; what is usual is left out. */
export function formatRoute(route: Route, root: string): string {
  const query = new URLSearchParams();
  const { filter } = route;
  if (route.isBoard) query.set('view', BOARD);
  else if (filter.saved !== null) query.set('view', filter.saved);
  else if (filter.view !== FIRST.view) query.set('view', filter.view);
  if (filter.inbox !== null) query.set('inbox', filter.inbox);
  if (filter.tag !== null) query.set('tag', filter.tag);
  if (filter.sort !== FIRST.sort) query.set('sort', filter.sort);
  if (route.search !== null) query.set('q', route.search);
  const path = route.conversation === null ? root : `${root}${route.conversation}/`;
  const hash = route.message === null ? '' : `#m${route.message}`;
  return `${path}${query.size ? `?${query.toString()}` : ''}${hash}`;
}

export class Router {
  readonly route;
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    this.route = signal<Route>(parseRoute(new URL(location.href), root));
    addEventListener('popstate', () => {
      this.route.value = parseRoute(new URL(location.href), root);
    });
  }

  /** Change a part of the address. `replace`: without a step in the history. */
  go(change: Partial<Route>, how: 'push' | 'replace' = 'push'): void {
    const base = this.route.peek();
    const moved = change.conversation !== undefined && change.conversation !== base.conversation;
    const next: Route = { ...base, ...(moved ? { message: null } : {}), ...change };
    const address = formatRoute(next, this.#root);
    if (address === formatRoute(base, this.#root)) return;
    history[how === 'push' ? 'pushState' : 'replaceState'](null, '', address);
    this.route.value = next;
  }

  href(change: Partial<Route>): string {
    return formatRoute({ ...this.route.value, message: null, ...change }, this.#root);
  }
}
