/**
 * Where sockets are blocked: what looks like a WebSocket and speaks by requests ("Polls" in ARCHITECTURE.md). Fetched
 * after sockets did not open; from then on it decides for the page what is opened, and looks whether sockets are back.
 */
import { delayBefore } from './backoff.ts';

const PATIENCE = 40_000; // the server answers within 25 s
const TRIES = 5;
/** An empty answer that came sooner was not waited for: do not ask in a circle. */
const SOON = 1_000;
const PAUSE = 500;
const MOST_FRAMES = 40;
const MOST_TEXT = 12_000;
const FIRST_LOOK = 5_000;
const NEXT_LOOK = 600_000;
const CODE = { gone: 1006, flood: 4429 };

/** What this page knows of its network. A poll that does not open says nothing about sockets: then one is tried. */
let isBlocked = true;

interface Answer {
  frames: readonly (Readonly<Record<string, unknown>> & { readonly type: string })[];
  last: number;
  session: string;
}

/** A status that is not 2xx. */
class Refusal extends Error {
  readonly status: number;
  /** Milliseconds. */
  readonly wait: number;

  constructor(response: Response) {
    super(String(response.status));
    this.status = response.status;
    this.wait = Number(response.headers.get('Retry-After') ?? 0) * 1000;
  }

  /** Whether the same request may find a better answer. */
  get isPassing(): boolean {
    return this.status >= 500 || this.status === 429;
  }
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

class PollSocket extends EventTarget {
  readyState: number = WebSocket.CONNECTING;
  readonly #url: string;
  readonly #address: string;
  #session = '';
  #seen = 0;
  #number = 0;
  #queue: string[] = [];
  #isSending = false;
  readonly #running = new Set<AbortController>();
  #looking: WebSocket | undefined;
  #firstLook: ReturnType<typeof setTimeout> | undefined;
  #nextLooks: ReturnType<typeof setInterval> | undefined;

  constructor(url: string) {
    super();
    this.#url = url;
    const { protocol, host, pathname } = new URL(url);
    this.#address = `${protocol.replace('ws', 'http')}//${host}/poll${pathname}`;
    void this.#open();
  }

  send(text: string): void {
    this.#queue.push(text);
    void this.#flush();
  }

  close(): void {
    this.#end(1000);
  }

  async #open(): Promise<void> {
    try {
      const { session } = await this.#request('[]', {});
      this.#session = session;
    } catch (error) {
      isBlocked = false;
      this.#end(error instanceof Refusal && error.status === 429 ? CODE.flood : CODE.gone);
      return;
    }
    if (this.readyState !== WebSocket.CONNECTING) {
      this.#leave();
      return;
    }
    this.readyState = WebSocket.OPEN;
    addEventListener('online', this.#look);
    addEventListener('pagehide', this.#hidden);
    this.#firstLook = setTimeout(this.#look, FIRST_LOOK);
    this.#nextLooks = setInterval(this.#look, NEXT_LOOK);
    this.dispatchEvent(new Event('open'));
    await this.#listen();
  }

  /** Always one request that waits for what comes. */
  async #listen(): Promise<void> {
    while (this.readyState === WebSocket.OPEN) {
      const asked = Date.now();
      const count = await this.#ask('[]', 0);
      if (!count && Date.now() - asked < SOON) await sleep(PAUSE);
    }
  }

  /** Send what waits: one request at a time, so that the numbers arrive in order. */
  async #flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#queue.length && this.readyState === WebSocket.OPEN) {
      const texts = this.#queue.splice(0, 1);
      let size = texts[0]?.length ?? 0;
      for (const text of this.#queue) {
        size += text.length;
        if (size > MOST_TEXT || texts.length === MOST_FRAMES) break;
        texts.push(text);
      }
      this.#queue.splice(0, texts.length - 1);
      await this.#ask(`[${texts.join()}]`, ++this.#number);
    }
    this.#isSending = false;
  }

  /** One request, tried until it is answered or the session is given up. Returns how many frames came. */
  async #ask(body: string, number: number): Promise<number> {
    for (let attempt = 0; this.readyState === WebSocket.OPEN; attempt += 1) {
      const headers: Record<string, string> = {
        'X-Poll-Session': this.#session,
        'X-Poll-Seen': String(this.#seen),
        ...(number && { 'X-Poll-Number': String(number) }),
      };
      let wait: number;
      try {
        const { frames, last } = await this.#request(body, headers);
        this.#take(frames, last);
        return frames.length;
      } catch (error) {
        const refusal = error instanceof Refusal ? error : null;
        wait = refusal?.wait ?? 0;
        if (attempt === TRIES || refusal?.isPassing === false) this.#end(CODE.gone);
      }
      await sleep(wait + delayBefore(attempt));
    }
    return 0;
  }

  async #request(body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const stop = new AbortController();
    const timer = setTimeout(() => { stop.abort(); }, PATIENCE);
    this.#running.add(stop);
    try {
      const response = await fetch(this.#address, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json', ...headers },
        cache: 'no-store',
        signal: stop.signal,
      });
      if (!response.ok) throw new Refusal(response);
      const session = response.headers.get('X-Poll-Session');
      const frames = (await response.json()) as Answer['frames'];
      // A page of the network's own ("please log in") is no answer.
      if (!session || !Array.isArray(frames)) throw new TypeError();
      return { frames, last: Number(response.headers.get('X-Poll-Seen')), session };
    } finally {
      clearTimeout(timer);
      this.#running.delete(stop);
    }
  }

  /** Pass on what is new: two requests may have been told the same. */
  #take(frames: Answer['frames'], last: number): void {
    const fresh = frames.slice(Math.max(0, frames.length - Math.max(0, last - this.#seen)));
    this.#seen = Math.max(last, this.#seen);
    for (const frame of fresh) {
      if (this.readyState !== WebSocket.OPEN) return;
      if (frame.type === 'close') {
        this.#session = '';
        this.#end(frame['code'] as number);
      } else {
        this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
      }
    }
  }

  /** See whether a real socket opens by now; then this one makes room for it. */
  readonly #look = (): void => {
    this.#looking?.close();
    const socket = new WebSocket(this.#url);
    this.#looking = socket;
    socket.addEventListener('open', () => {
      socket.close();
      if (this.readyState !== WebSocket.OPEN) return;
      isBlocked = false;
      this.#end(CODE.gone);
    });
  };

  readonly #hidden = (): void => {
    this.#end(CODE.gone);
  };

  /** Tell the server that nobody asks any more, in passing; what does not get through, it finds out by itself. */
  #leave(): void {
    fetch(this.#address, { method: 'DELETE', headers: { 'X-Poll-Session': this.#session }, keepalive: true }).catch(
      () => undefined,
    );
  }

  #end(code: number): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    removeEventListener('online', this.#look);
    removeEventListener('pagehide', this.#hidden);
    clearTimeout(this.#firstLook);
    clearInterval(this.#nextLooks);
    this.#looking?.close();
    for (const stop of this.#running) stop.abort();
    if (this.#session) this.#leave();
    this.dispatchEvent(new CloseEvent('close', { code }));
  }
}

/** What the page opens from now on: polls while sockets are blocked, else a socket. */
export default function open(url: string): WebSocket {
  if (isBlocked) return new PollSocket(url) as unknown as WebSocket;
  const socket = new WebSocket(url);
  let hasOpened = false;
  socket.addEventListener('open', () => { hasOpened = true; });
  socket.addEventListener('close', () => { isBlocked ||= !hasOpened; });
  return socket;
}
