// Keyboard shortcuts by what is engraved, not by what is typed: on a Persian or Russian layout `j` is still the J key.

export interface Shortcut {
  /** `j`, `shift+u`, `mod+k` (Ctrl, or Cmd on a Mac), `g m` (one after the other), `?`, `escape`, `enter`, `arrowdown`. */
  keys: readonly string[];
  /** What it does, in the page's language; the help sheet shows it. */
  label: string;
  /** Heading in the help sheet. Shortcuts without one are left out of it. */
  group?: string;
  /** Works while a field has the focus, too. */
  inFields?: boolean;
  /** One of many in a row, like a step in a list. */
  isStep?: boolean;
  /** Return false to let the browser have the key. */
  run: (event: KeyboardEvent) => unknown;
}

const SEQUENCE_MS = 1200;
const FIELDS = 'input:not([type=checkbox],[type=radio],[type=button]),textarea,select,[contenteditable=true]';
const CODES: Readonly<Record<string, readonly [string, string]>> = {
  Slash: ['/', '?'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Semicolon: [';', ':'],
};

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);

/** Whether an input method is composing: its Enter chooses a word. Safari says so by the old code 229 alone. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || Reflect.get(event, 'keyCode') === 229;
}

/** The engraved key: letters and punctuation by position when the layout gives none in ASCII. */
function plain(event: KeyboardEvent): string {
  const key = event.key;
  if (key.length > 1 || (key >= '!' && key <= '~')) return key.toLowerCase();
  if (key === ' ') return 'space';
  const letter = /^(?:Key|Digit)(.)$/.exec(event.code);
  if (letter?.[1]) return letter[1].toLowerCase();
  return CODES[event.code]?.[event.shiftKey ? 1 : 0] ?? key.toLowerCase();
}

/** `mod+shift+k`: one key press, as shortcuts name it. Shift counts only with letters and named keys (`?` is itself). */
export function nameOf(event: KeyboardEvent): string {
  const key = plain(event);
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const shifts = event.shiftKey && (/^[a-z]$/.test(key) || key.length > 1);
  return `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${shifts ? 'shift+' : ''}${key}`;
}

/** How to print a shortcut: `Ctrl K`, `G M`, `↓`. */
export function printed(keys: string): string[] {
  const names: Readonly<Record<string, string>> = {
    mod: isMac ? '⌘' : 'Ctrl', shift: '⇧', alt: isMac ? '⌥' : 'Alt', escape: 'Esc', enter: '⏎',
    arrowdown: '↓', arrowup: '↑', pagedown: 'PgDn', pageup: 'PgUp', space: '␣',
  };
  return keys.split(/[ +]/).map((part) => names[part] ?? part.toUpperCase());
}

export class Keys {
  /** Single keys can be switched off: speech input fires them by accident (WCAG 2.1.4). */
  singleKeys = true;
  /** Called before a shortcut runs. */
  before: (shortcut: Shortcut) => void = () => undefined;
  #layers: (readonly Shortcut[])[] = [];
  #prefix = '';
  #prefixAt = 0;

  /** Add shortcuts; the newest layer wins. Returns what takes them away again. */
  add(shortcuts: readonly Shortcut[]): () => void {
    this.#layers = [shortcuts, ...this.#layers];
    return () => {
      this.#layers = this.#layers.filter((layer) => layer !== shortcuts);
    };
  }

  all(): Shortcut[] {
    return this.#layers.flat();
  }

  /** Listen on the document until the returned function is called. */
  listen(target: Document): () => void {
    const handle = (event: KeyboardEvent): void => {
      this.handle(event);
    };
    target.addEventListener('keydown', handle);
    return () => {
      target.removeEventListener('keydown', handle);
    };
  }

  /** Whether a shortcut took the key. */
  handle(event: KeyboardEvent): boolean {
    if (isComposing(event) || event.defaultPrevented) return false;
    if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return false;
    const inField = event.target instanceof Element && event.target.matches(FIELDS);
    const name = nameOf(event);
    const now = event.timeStamp;
    const sequence = this.#prefix && now - this.#prefixAt < SEQUENCE_MS ? `${this.#prefix} ${name}` : name;
    this.#prefix = '';
    if (this.#run(sequence, inField, event) || (name !== sequence && this.#run(name, inField, event))) return true;
    if (!inField && this.#startsSequence(name)) {
      this.#prefix = name;
      this.#prefixAt = now;
    }
    return false;
  }

  #run(name: string, inField: boolean, event: KeyboardEvent): boolean {
    const found = this.#find(name, inField);
    if (!found) return false;
    this.before(found);
    if (found.run(event) === false) return false;
    event.preventDefault();
    return true;
  }

  #find(name: string, inField: boolean): Shortcut | undefined {
    if (!this.singleKeys && /^(shift\+)?[!-~]( [a-z])?$/.test(name)) return undefined;
    for (const layer of this.#layers) {
      const found = layer.find((one) => one.keys.includes(name) && (one.inFields === true || !inField));
      if (found) return found;
    }
    return undefined;
  }

  #startsSequence(name: string): boolean {
    return this.singleKeys && this.all().some((one) => one.keys.some((keys) => keys.startsWith(`${name} `)));
  }
}
