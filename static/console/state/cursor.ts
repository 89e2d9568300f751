// The row that the keys stand on. It moves in the frame of the key; what it stands on opens in the next one, or, while
// somebody runs down the list, once they stop: nothing is drawn or fetched that is passed by.
import { computed, signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';

/** Two steps within this time are running. */
const RUNNING_MS = 250;
/** A held key repeats every 30 ms or so, quick fingers every 100. */
const RESTED_MS = 150;

export interface CursorHost {
  /** What is open. */
  readonly opened: ReadonlySignal<string | null>;
  /** Called once for each row the cursor comes to rest on. */
  readonly open: (id: string, by: 1 | -1) => void;
  /** Calls back when what changed has been painted. */
  readonly afterPaint: (then: () => void) => void;
}

/** Calls back after the next frame was painted. */
export function afterPaint(then: () => void): void {
  requestAnimationFrame(() => { setTimeout(then); });
}

export class Cursor {
  /** The row it stands on: ahead of what is open, or the same. */
  readonly id: ReadonlySignal<string | null>;
  readonly #host: CursorHost;
  readonly #ahead = signal<{ id: string; by: 1 | -1 } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #movedAt = Number.NEGATIVE_INFINITY;

  constructor(host: CursorHost) {
    this.#host = host;
    this.id = computed(() => this.#ahead.value?.id ?? host.opened.value);
  }

  move(id: string, by: 1 | -1): void {
    const now = performance.now();
    const isRunning = now - this.#movedAt < RUNNING_MS;
    this.#movedAt = now;
    clearTimeout(this.#timer);
    const stand = { id, by };
    this.#ahead.value = stand;
    if (isRunning) this.#timer = setTimeout(() => { this.settle(); }, RESTED_MS);
    else this.#host.afterPaint(() => { if (this.#ahead.peek() === stand) this.settle(); });
  }

  /** Open what it stands on now: somebody is about to act on it. */
  settle(): void {
    const stand = this.#ahead.peek();
    if (!stand) return;
    this.#host.open(stand.id, stand.by);
    this.drop();
  }

  /** Something else was opened. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#ahead.value = null;
  }
}
