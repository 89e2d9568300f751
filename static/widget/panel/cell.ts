/**
 * Values that repaint the panel when they change. The panel is painted whole, once a microtask, so nothing has to track
 * who reads what: these few lines stand where a signals library (1.4 to 3.1 KB of the 14 KB) would; see
 * conversations/decisions/0003.
 */
export interface Cell<T> {
  value: T;
}

let version = 0;
let isDue = false;
let job: () => void = () => undefined;

function run(): void {
  isDue = false;
  job();
}

/** What to do after changes. */
export function onChange(paint: () => void): void {
  job = paint;
  paint();
}

export function cell<T>(initial: T): Cell<T> {
  let held = initial;
  return {
    get value() {
      return held;
    },
    set value(next) {
      if (next === held) return;
      held = next;
      version += 1;
      if (!isDue) queueMicrotask(run);
      isDue = true;
    },
  };
}

/** A value made from cells, made again only after one of them changed. */
export function derived<T>(make: () => T): Readonly<Cell<T>> {
  let held: T;
  let at = -1;
  return {
    get value() {
      if (at !== version) held = make();
      at = version;
      return held;
    },
  };
}
