// Away by itself after ten minutes without input in any tab of this person, and online again with the next.
import type { ReadonlySignal } from '@preact/signals-core';
import type { Availability } from '../boot.ts';
import type { KeyValue } from './drafts.ts';

export const IDLE_MS = 10 * 60_000;
const LOOK_MS = 20_000;
/** Other tabs hear of input this often at most. */
const TELL_MS = 10_000;
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

export class Idle {
  readonly #storage: KeyValue | null;
  readonly #inputKey: string;
  readonly #awayKey: string;
  readonly #availability: ReadonlySignal<Availability>;
  readonly #set: (availability: Availability) => void;
  #lastInput = Date.now();
  #told = 0;
  /** Where the browser keeps nothing for us, this tab remembers for itself. */
  #isAwayByItself = false;

  /** `set` changes the availability; whoever chooses one by hand calls `chosen`. */
  constructor(
    { owner, storage, availability, set }: {
      owner: string; storage: KeyValue | null; availability: ReadonlySignal<Availability>;
      set: (availability: Availability) => void;
    },
  ) {
    this.#inputKey = `parley:input:${owner}`;
    this.#awayKey = `parley:idle:${owner}`;
    this.#storage = storage;
    this.#availability = availability;
    this.#set = set;
  }

  /** Listen and look until the returned function is called. */
  watch(target: EventTarget): () => void {
    const note = (): void => { this.#note(); };
    for (const name of INPUTS) target.addEventListener(name, note, { passive: true, capture: true });
    const timer = setInterval(() => { this.#look(); }, LOOK_MS);
    return () => {
      for (const name of INPUTS) target.removeEventListener(name, note, { capture: true });
      clearInterval(timer);
    };
  }

  /** Somebody chose by hand: what they chose stays. */
  chosen(): void {
    this.#remember(false);
  }

  #note(): void {
    const now = Date.now();
    this.#lastInput = now;
    if (now - this.#told < TELL_MS) return;
    this.#told = now;
    this.#keep(this.#inputKey, String(now));
    if (this.#availability.peek() === 'away' && this.#wasAwayByItself()) {
      this.#remember(false);
      this.#set('online');
    }
  }

  #look(): void {
    const elsewhere = Number(this.#storage?.getItem(this.#inputKey) ?? 0);
    if (this.#availability.peek() !== 'online' || Date.now() - Math.max(this.#lastInput, elsewhere) < IDLE_MS) return;
    this.#told = 0; // the next input counts at once
    this.#remember(true);
    this.#set('away');
  }

  #wasAwayByItself(): boolean {
    return this.#isAwayByItself || this.#storage?.getItem(this.#awayKey) === '1';
  }

  #remember(isAway: boolean): void {
    this.#isAwayByItself = isAway;
    this.#keep(this.#awayKey, isAway ? '1' : '0');
  }

  #keep(key: string, value: string): void {
    try {
      this.#storage?.setItem(key, value);
    } catch {
      // Full or forbidden: other tabs do not hear of it.
    }
  }
}
