// The contact beside the conversation: fetched when first needed, edited in place.
import { signal } from '@preact/signals-core';
import type { ConversationRow } from '../../shared/types.ts';
import type { Api, Page } from '../api.ts';
import { ApiError } from '../api.ts';
import type { TagRef } from '../boot.ts';
import { explain } from './explain.ts';

export interface ContactSession {
  page_url: string;
  page_title: string;
  referrer: string;
  user_agent: string;
  last_seen_at: string | null;
}

export interface Contact {
  id: string;
  name: string;
  email: string;
  phone: string;
  language: string;
  time_zone: string;
  country: string;
  is_verified: boolean;
  is_blocked: boolean;
  attributes: Readonly<Record<string, unknown>>;
  tags: readonly TagRef[];
  last_seen_at: string | null;
  created_at: string;
  session?: ContactSession | null;
}

export type Editable = 'name' | 'email' | 'phone';

const FRESH_MS = 60_000;

export class Contacts {
  readonly held = signal<Readonly<Record<string, Contact>>>({});
  readonly earlier = signal<Readonly<Record<string, readonly ConversationRow[]>>>({});
  /** Contacts that could not be fetched. */
  readonly failed = signal<ReadonlySet<string>>(new Set());
  readonly #api: Api;
  readonly #fetched = new Map<string, number>();

  constructor(api: Api) {
    this.#api = api;
  }

  /** Make sure this contact is here and not older than a minute. */
  async want(id: string): Promise<void> {
    if (Date.now() - (this.#fetched.get(id) ?? 0) < FRESH_MS) return;
    this.#fetched.set(id, Date.now());
    try {
      const [contact, conversations] = await Promise.all([
        this.#api.get<Contact>(`contacts/${id}`),
        this.#api.get<Page<ConversationRow>>(`contacts/${id}/conversations`, { limit: 20 }),
      ]);
      this.held.value = { ...this.held.peek(), [id]: contact };
      this.earlier.value = { ...this.earlier.peek(), [id]: conversations.results };
      this.#mark(id, false);
    } catch {
      this.#fetched.delete(id);
      this.#mark(id, true);
    }
  }

  /** Change one field. Returns null, or what is wrong with it in the page's language. */
  async change(id: string, field: Editable, value: string): Promise<string | null> {
    const before = this.held.peek()[id];
    if (!before || before[field] === value) return null;
    this.held.value = { ...this.held.peek(), [id]: { ...before, [field]: value } };
    try {
      const contact = await this.#api.patch<Contact>(`contacts/${id}`, { [field]: value });
      this.held.value = { ...this.held.peek(), [id]: { ...before, ...contact } };
      return null;
    } catch (error) {
      this.held.value = { ...this.held.peek(), [id]: before };
      const own = error instanceof ApiError ? error.problem.errors?.[field]?.[0] : undefined;
      return own ?? explain(error);
    }
  }

  /** Keep somebody out, until a moment or until it is lifted. Resolves with what lifts it. */
  async block(id: string, until: Date | null, withAddresses: boolean): Promise<() => Promise<void>> {
    const body = { until: until?.toISOString() ?? null, with_addresses: withAddresses };
    const made = await this.#api.post<{ id: string }>(`contacts/${id}/block`, body);
    return () => this.#api.remove(`blocks/${made.id}`);
  }

  /** Give these tags instead of those it has. Rejects with the API's refusal. */
  async tag(id: string, tags: readonly TagRef[]): Promise<void> {
    const before = this.held.peek()[id];
    if (!before) return;
    this.held.value = { ...this.held.peek(), [id]: { ...before, tags } };
    try {
      const contact = await this.#api.put<Contact>(`contacts/${id}/tags`, { tags: tags.map((tag) => tag.name) });
      this.held.value = { ...this.held.peek(), [id]: { ...before, ...contact } };
    } catch (error) {
      this.held.value = { ...this.held.peek(), [id]: before };
      throw error;
    }
  }

  /** The server said that this contact changed. */
  renew(id: string): void {
    this.#fetched.delete(id);
    if (this.held.peek()[id]) void this.want(id);
  }

  #mark(id: string, failed: boolean): void {
    const next = new Set(this.failed.peek());
    if (failed) next.add(id);
    else next.delete(id);
    this.failed.value = next;
  }
}

/** `Firefox 142 on Windows`, from a user agent; the names are trademarks and stay as they are. */
export function browserName(agent: string): { browser: string; system: string } {
  const browsers: readonly (readonly [string, RegExp])[] = [
    ['Edge', /Edg(?:e|A|iOS)?\/(\d+)/], ['Opera', /OPR\/(\d+)/], ['Samsung Internet', /SamsungBrowser\/(\d+)/],
    ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/], ['Chrome', /(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
    ['Safari', /Version\/(\d+).* Safari/],
  ];
  const systems: readonly (readonly [string, RegExp])[] = [
    ['Android', /Android/], ['iOS', /iPhone|iPad/], ['Windows', /Windows/], ['macOS', /Mac OS X/],
    ['ChromeOS', /CrOS/], ['Linux', /Linux/],
  ];
  const found = browsers.find(([, pattern]) => pattern.test(agent));
  const version = found?.[1].exec(agent)?.[1] ?? '';
  return {
    browser: found ? `${found[0]} ${version}`.trim() : '',
    system: systems.find(([, pattern]) => pattern.test(agent))?.[0] ?? '',
  };
}
