// Saved views: everybody's and one's own, how many conversations lie in each, and what is done with them.
import { signal } from '@preact/signals-core';
import type { Signal } from '@preact/signals-core';
import { _ } from '../../shared/i18n.ts';
import type { WireEvent } from '../../shared/wire.ts';
import type { Api } from '../api.ts';
import type { SavedView } from '../boot.ts';
import { explain } from './explain.ts';
import type { Notices } from './notices.ts';
import { fromWire, isTimely } from './view_tree.ts';

/** The counts are asked for soon, and not too often: each is a query. */
const COUNT_PAUSE = 1500;
const COUNT_EVERY = 10_000;

export type Draft = Pick<SavedView, 'name' | 'icon' | 'filter' | 'sort' | 'is_shared'>;

export interface Options {
  api: Api;
  notices: Notices;
  me: string;
  views: readonly SavedView[];
  /** Views were changed or are gone; `was` is what they were. */
  onChange: (was: readonly SavedView[]) => void;
}

export class Views {
  readonly list: Signal<readonly SavedView[]>;
  /** By id; 100 stands for that many and more. */
  readonly counts = signal<Readonly<Record<string, number>>>({});
  readonly #about: Options;
  #isCounting = false;
  #countedAt = 0;

  constructor(about: Options) {
    this.#about = about;
    this.list = signal(about.views);
  }

  find(id: string | null): SavedView | undefined {
    return this.list.value.find((view) => view.id === id);
  }

  /** Whether time alone moves conversations in or out of a view. */
  isTimely(id: string | null): boolean {
    const view = this.list.peek().find((one) => one.id === id);
    return view !== undefined && isTimely(fromWire(view.filter));
  }

  hear(event: WireEvent): void {
    if (event.type === 'views.changed') {
      if (event.operator_id === null || event.operator_id === this.#about.me) void this.renew();
    } else if (/^(conversation|message|note|unread|contact)\./.test(event.type)) this.recount();
  }

  /** Ask for them anew. */
  async renew(): Promise<void> {
    try {
      this.#put((await this.#about.api.get<{ results: SavedView[] }>('views')).results);
    } catch {
      // The next change, or the next connection, asks again.
    }
    this.recount();
  }

  /** Ask for the counts, soon; while nobody looks, not at all. */
  recount(): void {
    if (this.#isCounting || this.list.peek().length === 0) return;
    this.#isCounting = true;
    setTimeout(() => {
      this.#isCounting = false;
      this.#countedAt = Date.now();
      if (document.visibilityState === 'hidden') return;
      this.#about.api.get<{ counts: Record<string, number> }>('views/counts').then(
        ({ counts }) => { this.counts.value = counts; },
        () => undefined, // The next change asks again.
      );
    }, Math.max(COUNT_PAUSE, this.#countedAt + COUNT_EVERY - Date.now()));
  }

  /** Save a view, a new one without `id`. Rejects with the API's refusal. */
  async save(id: string | null, draft: Draft): Promise<SavedView> {
    const { api } = this.#about;
    const view = id === null ? await api.post<SavedView>('views', draft) : await api.patch<SavedView>(`views/${id}`, draft);
    await this.renew();
    return view;
  }

  /** Remove a view, with an offer to bring it back. */
  async remove(view: SavedView): Promise<void> {
    const { api, notices } = this.#about;
    const { name, icon, filter, sort, is_shared, place } = view;
    this.#put(this.list.peek().filter((one) => one.id !== view.id));
    const notice = notices.undoable(_('View “%(name)s” removed.', { name }), _('Undo'), () => {
      void this.#try(() => api.post('views', { name, icon, filter, sort, is_shared, place }));
    });
    if (!(await this.#try(() => api.remove(`views/${view.id}`)))) notices.dismiss(notice);
  }

  /** One step up or down among those of the same owner. */
  async move(view: SavedView, by: 1 | -1): Promise<void> {
    const own = this.list.peek().filter((one) => one.is_shared === view.is_shared);
    const from = own.findIndex((one) => one.id === view.id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= own.length) return;
    own.splice(from, 1);
    own.splice(to, 0, view);
    const others = this.list.peek().filter((one) => one.is_shared !== view.is_shared);
    this.#put(view.is_shared ? [...own, ...others] : [...others, ...own]);
    await this.#try(() => this.#about.api.put('views/order', { ids: own.map((one) => one.id) }));
  }

  /** Returns whether the server did it; either way the list is the server's afterwards. */
  async #try(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      this.#about.notices.fail(explain(error));
      return false;
    } finally {
      await this.renew();
    }
  }

  #put(views: readonly SavedView[]): void {
    const was = this.list.peek();
    if (JSON.stringify(was) === JSON.stringify(views)) return;
    this.list.value = views;
    this.#about.onChange(was);
  }
}
