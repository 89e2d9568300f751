/**
 * One WebSocket and its life: commands answered by reference, events in batches, reconnecting, resuming. It knows the
 * frames of ARCHITECTURE.md and nothing of any page; the socket is a hint, the positions are the truth.
 */
import { delayBefore } from './backoff.ts';
import type { Problem } from './types.ts';
import type { WireEvent } from './wire.ts';

export type Frame = Readonly<Record<string, unknown>> & { readonly type: string };

/** `refused`: the server will not have this client (origin or account); nothing but a reload of the page helps. */
export type Connection = 'connecting' | 'online' | 'waiting' | 'refused' | 'stopped';

/** A command that failed. Codes of our own: `disconnected`, `timeout`; all others are the server's. */
export class CommandError extends Error {
  declare readonly code: string;
  /** Seconds, when the server said so. */
  declare readonly retryAfter: number | undefined;

  constructor(problem: Problem) {
    super(problem.detail);
    this.code = problem.code;
    this.retryAfter = problem.retry_after;
  }
}

export interface TransportOptions {
  url: () => string;
  /** The first frame; none for sockets that authenticate by cookie. Called on every connection. */
  hello?: () => Promise<Frame>;
  /** The server's answer to it: the state of the world. Resume what you follow from here. */
  onWelcome: (frame: Frame) => void;
  /** Events in order of arrival, at most one call a frame. Returns the conversations in which one is missing. */
  onEvents: (events: readonly WireEvent[]) => readonly string[];
  /** The last position applied in a conversation that this page follows. */
  positionOf: (conversationId: string) => number | undefined;
  /** Too far behind to replay: fetch this conversation fresh (or everything, without an id). */
  onReload: (conversationId: string | null) => void;
  onConnection: (connection: Connection) => void;
  /** 4401: the token is worn out. Resolve to try again, reject to stop. */
  onUnauthenticated?: () => Promise<void>;
  /** For tests. */
  random?: () => number;
}

interface Waiting {
  resolve: (frame: Frame) => void;
  reject: (error: CommandError) => void;
  timer: ReturnType<typeof setTimeout>;
}

const BATCH = 16;
const COMMAND_TIMEOUT = 10_000;
const OPEN_TIMEOUT = 15_000;
/** The server's heartbeat comes every 25 s. */
const SILENCE = 40_000;
const PONG_TIMEOUT = 5_000;
const STABLE = 60_000;
/** A server that welcomes is up: the next pause is of 2 s at most, and only what stays up a minute is trusted wholly. */
const WELCOMED = 2;
/** A hole may be two events that overtook each other: wait a moment before asking. */
const HOLE_PATIENCE = 150;
/** Close codes. */
const UNAUTHENTICATED = 4401;
const REFUSED = 4403;
const RESYNC = 4409;
const FLOOD = 4429;
const FLOOD_PAUSE = 10_000;

export class Transport {
  /** Called when sockets do not open: fetches poll.ts and puts what it exports in the place of `open`. */
  fallback?: () => Promise<unknown>;
  readonly #options: TransportOptions;
  /** Connections in a row that did not open. */
  #unopened = 0;
  #socket: WebSocket | null = null;
  #connection: Connection = 'stopped';
  #attempt = 0;
  #reference = 0;
  readonly #waiting = new Map<string, Waiting>();
  readonly #resuming = new Set<string>();
  #queue: WireEvent[] = [];
  #batch: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #stable: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  open = (url: string): WebSocket => new WebSocket(url);

  get isOnline(): boolean {
    return this.#connection === 'online';
  }

  start(): void {
    if (this.#connection !== 'stopped') return;
    addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.hurry);
    this.#connect();
  }

  stop(): void {
    removeEventListener('online', this.hurry);
    document.removeEventListener('visibilitychange', this.hurry);
    this.#drop();
    this.#become('stopped');
  }

  /** Send a command and wait for its answer. Rejects with a CommandError, at once when there is no connection. */
  send(type: string, fields: Readonly<Record<string, unknown>> = {}): Promise<Frame> {
    const socket = this.#socket;
    if (!socket || this.#connection !== 'online') {
      return Promise.reject(new CommandError({ code: 'disconnected', detail: '' }));
    }
    const ref = String(++this.#reference);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(ref);
        reject(new CommandError({ code: 'timeout', detail: '' }));
        this.#probe();
      }, COMMAND_TIMEOUT);
      this.#waiting.set(ref, { resolve, reject, timer });
      socket.send(JSON.stringify({ type, ref, ...fields }));
    });
  }

  /** Send a command that is not answered (typing); without a connection it is dropped. */
  notify(type: string, fields: Readonly<Record<string, unknown>> = {}): void {
    if (this.#connection === 'online') this.#socket?.send(JSON.stringify({ type, ...fields }));
  }

  /** Ask for the events after the position held. Once at a time for each conversation. */
  resume(conversationId: string): void {
    const position = this.#options.positionOf(conversationId);
    if (position === undefined || this.#resuming.has(conversationId)) return;
    this.#resuming.add(conversationId);
    void this.send('resume', { conversation_id: conversationId, position })
      .catch(() => undefined) // The next welcome or heartbeat asks again.
      .then((frame) => {
        this.#resuming.delete(conversationId);
        // A long answer comes in parts.
        if (this.#options.positionOf(conversationId) !== position) this.#compare({ [conversationId]: frame?.['head'] as number });
      });
  }

  /** Try now rather than when the timer says: the network is back, or somebody looks at the page again. */
  readonly hurry = (): void => {
    if (document.hidden) return;
    if (this.#connection === 'waiting') {
      this.#attempt = 0;
      this.#connect();
    } else if (this.#connection === 'online') {
      this.#probe();
    }
  };

  #become(connection: Connection): void {
    this.#connection = connection;
    this.#options.onConnection(connection);
  }

  readonly #connect = (): void => {
    this.#drop();
    this.#become('connecting');
    const socket = this.open(this.#options.url());
    this.#unopened += 1;
    this.#socket = socket;
    this.#watch(OPEN_TIMEOUT);
    socket.addEventListener('open', () => {
      this.#unopened = 0;
      this.#options.hello?.().then(
        (frame) => {
          if (this.#socket === socket) socket.send(JSON.stringify(frame));
        },
        () => {
          if (this.#socket === socket) this.#lost(0);
        },
      );
    });
    socket.addEventListener('message', (message: MessageEvent<string>) => {
      if (this.#socket === socket) this.#receive(message.data);
    });
    socket.addEventListener('close', (event) => {
      if (this.#socket === socket) this.#lost(event.code);
    });
  };

  /** Forget the socket, whatever state it is in; everything awaited fails and may be sent again. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#retry);
    clearTimeout(this.#watchdog);
    clearTimeout(this.#stable);
    this.#flush();
    for (const [ref, waiting] of this.#waiting) {
      clearTimeout(waiting.timer);
      this.#waiting.delete(ref);
      waiting.reject(new CommandError({ code: 'disconnected', detail: '' }));
    }
    socket?.close();
  }

  #lost(code: number): void {
    this.#drop();
    if (this.#unopened > 1) this.fallback?.().catch(() => undefined);
    const renew = code === UNAUTHENTICATED ? this.#options.onUnauthenticated : undefined;
    if (renew) {
      this.#become('connecting');
      renew().then(
        () => {
          if (this.#connection === 'connecting') this.#later(0);
        },
        () => {
          if (this.#connection === 'connecting') this.#become('refused');
        },
      );
    } else if (code === REFUSED || code === UNAUTHENTICATED) {
      this.#become('refused');
    } else {
      if (code === RESYNC) this.#options.onReload(null);
      this.#later(code === FLOOD ? FLOOD_PAUSE : 0);
    }
  }

  #later(atLeast: number): void {
    const delay = atLeast + delayBefore(this.#attempt, this.#options.random);
    this.#attempt += 1;
    this.#become('waiting');
    this.#retry = setTimeout(this.#connect, delay);
  }

  /** Close the socket unless something is heard within `patience` milliseconds. */
  #watch(patience: number): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      if (patience === SILENCE) this.#probe();
      else this.#lost(0);
    }, patience);
  }

  #probe(): void {
    if (this.#connection !== 'online') return;
    this.#socket?.send('{"type":"ping"}');
    this.#watch(PONG_TIMEOUT);
  }

  #receive(data: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(data) as Frame;
    } catch {
      return;
    }
    this.#watch(SILENCE);
    switch (frame.type) {
      case 'welcome':
        this.#resuming.clear();
        this.#attempt = Math.min(this.#attempt, WELCOMED);
        this.#stable = setTimeout(() => {
          this.#attempt = 0;
        }, STABLE);
        this.#become('online');
        this.#options.onWelcome(frame);
        break;
      case 'ok':
        this.#answer(frame);
        break;
      case 'error':
        this.#take(frame)?.reject(new CommandError(frame as unknown as Problem));
        break;
      case 'events':
        this.#queue.push(...(frame['events'] as WireEvent[]));
        this.#flush();
        this.#answer(frame);
        break;
      case 'reload':
        this.#options.onReload((frame['conversation_id'] as string | undefined) ?? null);
        this.#answer(frame);
        break;
      case 'heartbeat':
      case 'pong':
        this.#flush();
        this.#compare(frame['heads'] as Readonly<Record<string, number>> | undefined);
        break;
      case 'reconnect':
        // What is unanswered by then fails as with any cut, and the outbox sends it again.
        clearTimeout(this.#retry);
        this.#retry = setTimeout(this.#connect, (this.#options.random ?? Math.random)() * (frame['within'] as number) * 1000);
        break;
      default:
        this.#queue.push(frame as unknown as WireEvent);
        this.#batch ??= setTimeout(this.#flush, BATCH);
    }
  }

  #take(frame: Frame): Waiting | undefined {
    const ref = String(frame['ref']);
    const waiting = this.#waiting.get(ref);
    if (waiting) clearTimeout(waiting.timer);
    this.#waiting.delete(ref);
    return waiting;
  }

  #answer(frame: Frame): void {
    // Events that the server sent before this answer are in the state before anyone acts on it.
    this.#flush();
    this.#take(frame)?.resolve(frame);
  }

  #compare(heads: Readonly<Record<string, number>> = {}): void {
    for (const [id, head] of Object.entries(heads)) {
      if (head > (this.#options.positionOf(id) ?? Infinity)) this.resume(id);
    }
  }

  readonly #flush = (): void => {
    clearTimeout(this.#batch);
    this.#batch = undefined;
    if (!this.#queue.length) return;
    const events = this.#queue;
    this.#queue = [];
    const before = new Map(this.#options.onEvents(events).map((id) => [id, this.#options.positionOf(id)]));
    if (!before.size) return;
    setTimeout(() => {
      // Where the hole is still there.
      for (const [id, position] of before) if (this.#options.positionOf(id) === position) this.resume(id);
    }, HOLE_PATIENCE);
  };
}
