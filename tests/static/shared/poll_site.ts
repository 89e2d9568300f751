// A small site whose sockets can be blocked, and that answers polls as ARCHITECTURE.md says.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

export type Said = Record<string, unknown> & { type: string };

const numberOf = (request: IncomingMessage, name: string): number => Number(request.headers[name] ?? 0);

export class Site {
  blocks = true;
  /** Answers of the next polls that get lost on the way, although the site did what was asked. */
  loses = 0;
  /** The status of every answer, when it is not 200. */
  status = 0;
  opened = 0;
  sockets = 0;
  left: string[] = [];
  said: Said[] = [];
  readonly #http = createServer((request, response) => void this.#serve(request, response));
  readonly #ws = new WebSocketServer({ noServer: true });
  #session = '';
  #number = 0;
  #frames: { number: number; frame: unknown }[] = [];
  #last = 0;
  #waiting: (() => void) | null = null;

  constructor() {
    this.#http.on('upgrade', (request, socket, head) => {
      if (this.blocks) {
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
      }
      this.#ws.handleUpgrade(request, socket, head, (opened) => {
        this.sockets += 1;
        opened.on('message', (data: Buffer) => {
          for (const frame of this.#answers(JSON.parse(data.toString()) as Said)) opened.send(JSON.stringify(frame));
        });
      });
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.#http.listen(0, '127.0.0.1', done));
  }

  /** Cut every socket. */
  cut(): void {
    for (const socket of this.#ws.clients) socket.terminate();
  }

  close(): void {
    this.cut();
    this.#http.closeAllConnections();
    this.#http.close();
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}/ws/contact/`;
  }

  /** Have a frame for the client. */
  say(frame: unknown): void {
    this.#last += 1;
    this.#frames.push({ number: this.#last, frame });
    this.#waiting?.();
  }

  /** Forget the session, as a process that dies. */
  forget(): void {
    this.#session = '';
    this.#waiting?.();
  }

  #answers(frame: Said): unknown[] {
    this.said.push(frame);
    if (frame.type === 'hello') return [{ type: 'welcome' }];
    return frame.type === 'echo' ? [{ type: 'ok', ref: frame['ref'], text: frame['text'] }] : [];
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*');
    response.setHeader('Access-Control-Allow-Methods', '*');
    response.setHeader('Access-Control-Expose-Headers', '*');
    const session = String(request.headers['x-poll-session'] ?? '');
    if (request.method === 'OPTIONS') response.writeHead(204).end();
    else if (request.method === 'DELETE') {
      this.left.push(session);
      response.writeHead(204).end();
    } else if (this.status) response.writeHead(this.status).end('{}');
    else await this.#poll(request, response, session);
  }

  async #poll(request: IncomingMessage, response: ServerResponse, session: string): Promise<void> {
    let body = '';
    for await (const part of request) body += String(part);
    const frames = JSON.parse(body) as Said[];
    if (!session) this.#begin();
    else if (session !== this.#session) {
      response.writeHead(410).end('{"code":"expired"}');
      return;
    }
    const [seen, number] = [numberOf(request, 'x-poll-seen'), numberOf(request, 'x-poll-number')];
    this.#frames = this.#frames.filter(({ number }) => number > seen);
    if (number === this.#number + 1) {
      this.#number = number;
      for (const frame of frames) for (const answer of this.#answers(frame)) this.say(answer);
    }
    if (session && !frames.length && !this.#frames.length) {
      await new Promise<void>((woken) => { this.#waiting = woken; });
    }
    if (session && session !== this.#session) {
      response.writeHead(410).end('{"code":"expired"}');
      return;
    }
    if (this.loses > 0) {
      this.loses -= 1;
      response.destroy();
      return;
    }
    response.setHeader('X-Poll-Session', this.#session);
    response.setHeader('X-Poll-Seen', String(this.#frames.at(-1)?.number ?? seen));
    response.end(JSON.stringify(this.#frames.map(({ frame }) => frame)));
  }

  #begin(): void {
    this.opened += 1;
    this.#session = `session ${this.opened}`;
    this.#number = 0;
    this.#last = 0;
    this.#frames = [];
  }
}
