// What this operator is offered: each until it is accepted, declined, over, or somebody else's.
import { computed, signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import { _ } from '../../shared/i18n.ts';
import type { Offer } from '../../shared/events.gen.ts';
import type { WireEvent } from '../../shared/wire.ts';
import { ApiError } from '../api.ts';
import type { Api } from '../api.ts';
import type { Notices } from './notices.ts';
import { explain } from './explain.ts';

const TICK_MS = 250;

/** An offer with the moment it ends by this page's own clock: that of the server may differ. */
export interface OpenOffer extends Offer {
  endsAt: number;
  isBusy: boolean;
}

export class Offers {
  readonly #all = signal<readonly OpenOffer[]>([]);
  /** Moves four times a second while there is an offer. */
  readonly now = signal(performance.now());
  /** Those whose time is not over; the oldest first. */
  readonly list: ReadonlySignal<readonly OpenOffer[]> = computed(() => this.#all.value.filter((one) => one.isBusy || one.endsAt > this.now.value));
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #me: string;
  readonly #onNew: (offer: Offer) => void;
  readonly #open: (conversation: string) => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    { api, notices, me, onNew, open }: {
      api: Api; notices: Notices; me: string;
      /** Call the operator: somebody waits. */
      onNew: (offer: Offer) => void;
      /** Show the conversation that was accepted. */
      open: (conversation: string) => void;
    },
  ) {
    this.#api = api;
    this.#notices = notices;
    this.#me = me;
    this.#onNew = onNew;
    this.#open = open;
  }

  /** What the socket brought. */
  take(event: WireEvent): void {
    if (event.type === 'offer.made') {
      if (event.offer.operator_id === this.#me) this.#add(event.offer);
    } else if (event.type === 'offer.ended') {
      const offer = this.#find((one) => one.id === event.offer_id);
      if (offer) this.#over(offer, event.outcome, event.taken_by);
    } else if (event.type === 'conversation.assigned' && event.operator_id !== null) {
      // Sooner than the end of the offer, which is noted a moment later.
      const offer = this.#find((one) => one.conversation_id === event.conversation_id);
      if (offer && !offer.isBusy) this.#over(offer, event.operator_id === this.#me ? 'accepted' : 'taken', event.operator_name);
    }
  }

  /** After a gap, and at the beginning: what stands now. */
  async refresh(): Promise<void> {
    let answer: { results: Offer[] };
    try {
      answer = await this.#api.get<{ results: Offer[] }>('offers');
    } catch {
      return; // the next welcome asks again
    }
    const known = new Set(this.#all.peek().map((one) => one.id));
    const fresh = answer.results.filter((one) => !known.has(one.id));
    const standing = new Set(answer.results.map((one) => one.id));
    this.#set(this.#all.peek().filter((one) => one.isBusy || standing.has(one.id)));
    for (const offer of fresh) this.#add(offer);
  }

  /** Seconds that are left, rounded up. */
  left(offer: OpenOffer): number {
    return Math.min(offer.seconds_left, Math.max(0, Math.ceil((offer.endsAt - this.now.value) / 1000)));
  }

  async accept(offer: OpenOffer): Promise<void> {
    if (this.#find((one) => one.id === offer.id)?.isBusy !== false) return;
    this.#set(this.#all.peek().map((one) => (one.id === offer.id ? { ...one, isBusy: true } : one)));
    try {
      await this.#api.post(`offers/${offer.id}/accept`);
      this.#drop(offer.id);
      this.#open(offer.conversation_id);
    } catch (error) {
      this.#drop(offer.id);
      const isOver = error instanceof ApiError && error.problem.code === 'conflict' && error.problem.detail;
      this.#notices.fail(isOver || explain(error));
      void this.refresh();
    }
  }

  async decline(offer: OpenOffer): Promise<void> {
    this.#drop(offer.id);
    try {
      await this.#api.post(`offers/${offer.id}/decline`);
    } catch (error) {
      this.#notices.fail(explain(error));
    }
  }

  #add(offer: Offer): void {
    if (this.#find((one) => one.id === offer.id) || offer.seconds_left <= 0) return;
    this.now.value = performance.now();
    this.#set([...this.#all.peek(), { ...offer, endsAt: performance.now() + offer.seconds_left * 1000, isBusy: false }]);
    this.#onNew(offer);
  }

  /** Say what became of it, unless this person did it themselves. */
  #over(offer: OpenOffer, outcome: string, takenBy: string): void {
    if (offer.isBusy && outcome === 'accepted') return; // our own answer is on its way
    this.#drop(offer.id);
    const names = { name: takenBy, contact: offer.contact.name };
    if (outcome === 'taken') this.#notices.say(_('%(name)s took the conversation with %(contact)s.', names));
    else if (outcome === 'expired') this.#notices.say(_('The offer of %(contact)s was not accepted in time.', names));
    else if (outcome === 'withdrawn') this.#notices.say(_('The offer of %(contact)s was withdrawn.', names));
  }

  #find(which: (offer: OpenOffer) => boolean): OpenOffer | undefined {
    return this.#all.peek().find(which);
  }

  #drop(id: string): void {
    this.#set(this.#all.peek().filter((one) => one.id !== id));
  }

  #set(offers: readonly OpenOffer[]): void {
    this.#all.value = offers;
    clearInterval(this.#timer);
    if (offers.length > 0) this.#timer = setInterval(() => { this.now.value = performance.now(); }, TICK_MS);
  }
}
