// A view that is being made or changed: what has been filled in so far, and how many conversations it holds.
import { effect, signal } from '@preact/signals-core';
import { _ } from '../../shared/i18n.ts';
import type { Api } from '../api.ts';
import type { SavedView } from '../boot.ts';
import { explain } from './explain.ts';
import { sortNamed, SORTS } from './lists.ts';
import type { Sort } from './lists.ts';
import type { Group } from './view_tree.ts';
import { fromWire, group, isWhole, toWire } from './view_tree.ts';
import type { Views } from './views.ts';

const COUNT_PAUSE = 400;

export class ViewEditor {
  /** The view that is changed; null makes a new one. */
  readonly view = signal<SavedView | null>(null);
  readonly name = signal('');
  readonly icon = signal('');
  readonly sort = signal<Sort>('newest');
  readonly isShared = signal(false);
  readonly tree = signal<Group>(group([]));
  /** How many pass; null while nobody knows. */
  readonly count = signal<{ count: number; is_more: boolean } | null>(null);
  readonly problem = signal('');
  readonly isSaving = signal(false);
  readonly #api: Api;
  readonly #views: Views;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, views: Views) {
    this.#api = api;
    this.#views = views;
    effect(() => { this.#count(this.tree.value); });
  }

  begin(view: SavedView | null, tree: Group, sort: Sort): void {
    this.view.value = view;
    this.name.value = view?.name ?? '';
    this.icon.value = view?.icon ?? '';
    this.sort.value = view ? sortNamed(view.sort) : sort;
    this.isShared.value = view?.is_shared ?? false;
    this.problem.value = '';
    this.tree.value = view ? fromWire(view.filter) : tree;
  }

  /** Returns the view as it is saved; null when it was refused, and `problem` says why. */
  async save(): Promise<SavedView | null> {
    if (this.isSaving.peek()) return null;
    const wrong = this.#wrong();
    this.problem.value = wrong;
    if (wrong) return null;
    this.isSaving.value = true;
    try {
      return await this.#views.save(this.view.peek()?.id ?? null, {
        name: this.name.peek().trim(), icon: this.icon.peek().trim(), filter: toWire(this.tree.peek()),
        sort: SORTS[this.sort.peek()], is_shared: this.isShared.peek(),
      });
    } catch (error) {
      this.problem.value = explain(error);
      return null;
    } finally {
      this.isSaving.value = false;
    }
  }

  #wrong(): string {
    if (!this.name.peek().trim()) return _('Please enter a name.');
    return isWhole(this.tree.peek()) ? '' : _('Some conditions are not complete.');
  }

  /** Ask how many pass, when the hands rest. */
  #count(tree: Group): void {
    this.#asked += 1;
    const asked = this.#asked;
    clearTimeout(this.#timer);
    if (!isWhole(tree)) {
      this.count.value = null;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#api.get<{ count: number; is_more: boolean }>('views/count', { filter: JSON.stringify(toWire(tree)) }).then(
        (count) => { if (asked === this.#asked) this.count.value = count; },
        () => { if (asked === this.#asked) this.count.value = null; },
      );
    }, COUNT_PAUSE);
  }
}
