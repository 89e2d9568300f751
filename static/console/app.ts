// The parts of the console put together. Views get this one object; nothing in it knows of them.
import { effect, signal, untracked } from '@preact/signals-core';
import type { Signal } from '@preact/signals-core';
import { Keys } from '../shared/keys.ts';
import { _ } from '../shared/i18n.ts';
import { wipeLeftovers } from '../shared/leftovers.ts';
import type { WireEvent } from '../shared/wire.ts';
import { Api } from './api.ts';
import type { Availability, Boot, Macro, SavedView } from './boot.ts';
import { Acts } from './state/acts.ts';
import { Alerts } from './state/alerts.ts';
import { Contacts } from './state/contacts.ts';
import { afterPaint, Cursor } from './state/cursor.ts';
import { Desk } from './state/desk.ts';
import { Drafts } from './state/drafts.ts';
import type { KeyValue, Mode } from './state/drafts.ts';
import { explain } from './state/explain.ts';
import { outboxStorage } from './state/kept.ts';
import { Idle } from './state/idle.ts';
import { ListPane } from './state/list.ts';
import { FIRST, listKey, sortNamed } from './state/lists.ts';
import type { Filter, Sort } from './state/lists.ts';
import { Live } from './state/live.ts';
import { Macros } from './state/macros.ts';
import { Notices } from './state/notices.ts';
import { Offers } from './state/offers.ts';
import { Outbound } from './state/outbound.ts';
import type { Addressee } from './state/outbound.ts';
import { preferences } from './state/preferences.ts';
import type { Preferences } from './state/preferences.ts';
import { Router } from './state/route.ts';
import { Search } from './state/search.ts';
import { Store } from './state/store.ts';
import { Together } from './state/together.ts';
import { Uploads } from './state/uploads.ts';
import { ViewEditor } from './state/view_editor.ts';
import { fromWire, likeList } from './state/view_tree.ts';
import { Views } from './state/views.ts';
import { Visitors } from './state/visitors.ts';

/** The menus of the open conversation, and the order of the list. */
export type ConversationMenu = 'assign' | 'tag' | 'snooze' | 'priority' | 'macro' | 'block' | 'more';
export type Menu = ConversationMenu | 'sort' | null;
export type Sheet = 'help' | 'palette' | 'outbound' | 'macro' | 'view' | 'handing' | null;
/** On a phone one pane shows at a time; the list has none of its own, it is what is left without a conversation. */
export type Overlay = 'nav' | 'contact' | null;

const TICK_MS = 20_000;

/** The browser's storage, where it gives one. */
function storage(): KeyValue | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

export class App {
  readonly boot: Boot;
  readonly api: Api;
  readonly keys = new Keys();
  readonly notices = new Notices();
  readonly router: Router;
  readonly store: Store;
  readonly live: Live;
  readonly list: ListPane;
  readonly views: Views;
  readonly viewEditor: ViewEditor;
  readonly desk: Desk;
  readonly cursor: Cursor;
  readonly acts: Acts;
  readonly contacts: Contacts;
  readonly drafts: Drafts;
  readonly uploads: Uploads;
  readonly search: Search;
  readonly alerts: Alerts;
  readonly visitors: Visitors;
  readonly offers: Offers;
  readonly together: Together;
  readonly outbound: Outbound;
  readonly macros: Macros;
  readonly idle: Idle;
  readonly preferences: Signal<Preferences>;
  readonly menu = signal<Menu>(null);
  readonly sheet = signal<Sheet>(null);
  readonly overlay = signal<Overlay>(null);
  readonly mode = signal<Mode>('reply');
  readonly #kept: ReturnType<typeof outboxStorage>;

  constructor(boot: Boot) {
    const owner = `${boot.tenant.id}:${boot.operator.id}`;
    this.boot = boot;
    this.api = new Api(boot.urls.api, boot.csrf_token);
    this.router = new Router(boot.urls.inbox);
    this.store = new Store(boot);
    this.preferences = preferences(owner, storage());
    this.drafts = new Drafts(owner, storage());
    this.contacts = new Contacts(this.api);
    this.outbound = new Outbound(this.api);
    this.macros = new Macros(this.api);
    this.search = new Search(this.store, this.api);
    this.list = new ListPane(this.store, this.api, boot, this.router.route.peek().filter);
    this.views = new Views({
      api: this.api, notices: this.notices, me: this.store.me, views: boot.views, onChange: (was) => { this.#viewsChanged(was); },
    });
    this.viewEditor = new ViewEditor(this.api, this.views);
    this.live = new Live(this.store, boot.urls.socket, {
      onBack: () => { this.#caughtUp(); },
      onEvent: (event) => { this.#hear(event); },
      onWelcome: () => { this.visitors.renew(); },
      onVisitor: (visitor) => { this.visitors.put(visitor); },
    });
    this.visitors = new Visitors(this.store, this.live);
    this.#kept = outboxStorage(owner);
    this.together = new Together({
      boot, store: this.store, api: this.api, notices: this.notices,
      opened: () => this.desk.id.value, open: (id, message) => { this.open(id, 'push', message); },
      call: (told, open) => { this.alerts.told(told, open); },
    });
    this.desk = new Desk(
      this.store, this.live, this.api, this.#kept, (text) => this.together.mentionedIn(text),
      () => this.preferences.value.watch && this.can('conversations:watch'),
    );
    this.cursor = new Cursor({
      opened: this.desk.id,
      open: (id, by) => {
        this.open(id, 'replace');
        this.desk.prefetch(this.list.neighbour(id, by));
      },
      afterPaint,
    });
    this.acts = new Acts(this.store, this.api, this.notices);
    this.uploads = new Uploads(this.api, (upcoming, attachment) => {
      const mode = upcoming.mode as Mode;
      const draft = this.drafts.get(upcoming.conversation, mode);
      this.drafts.set(upcoming.conversation, mode, { ...draft, attachments: [...draft.attachments, attachment] });
    });
    this.alerts = new Alerts(this.store, this.preferences, () => this.desk.id.peek(), (id) => { this.open(id); });
    this.idle = new Idle({
      owner, storage: storage(), availability: this.store.availability,
      set: (availability) => { void this.#becomes(availability); },
    });
    this.offers = new Offers({
      api: this.api, notices: this.notices, me: this.store.me,
      onNew: (offer) => { this.alerts.offer(offer); },
      open: (conversation) => { this.open(conversation); },
    });
  }

  /** Come to life: follow the address, connect, take up what was left unsent. */
  start(): void {
    this.#begin();
    effect(() => {
      const { conversation, filter, search, isBoard } = this.router.route.value;
      untracked(() => {
        this.visitors.show(isBoard);
        this.list.show(filter);
        this.search.set(search ?? '');
        if (this.desk.id.peek() !== conversation) {
          this.cursor.drop();
          this.#closeAll();
        }
        void this.desk.open(conversation);
      });
    });
    effect(() => {
      this.keys.singleKeys = this.preferences.value.singleKeys;
      const { theme } = this.preferences.value;
      if (theme === 'system') delete document.documentElement.dataset['theme'];
      else document.documentElement.dataset['theme'] = theme;
    });
    this.together.follow();
    setInterval(() => {
      this.store.now.value = new Date();
      if (this.views.isTimely(this.router.route.peek().filter.saved)) this.list.tick();
    }, TICK_MS);
    addEventListener('pagehide', () => { this.drafts.save(); });
    addEventListener('storage', () => { this.drafts.reload(); });
    addEventListener('beforeunload', (event) => {
      const isWaiting = this.desk.outbox.entries.some(({ state }) => state !== 'sent');
      // A browser that keeps nothing for us would lose it without a word.
      if (isWaiting && !this.#kept.isLasting()) event.preventDefault();
    });
    this.keys.before = ({ isStep }) => { if (!isStep) this.cursor.settle(); };
    this.keys.listen(document);
    this.idle.watch(document);
    this.live.transport.start();
    void this.desk.outbox.restore();
  }

  can(permission: string): boolean {
    return this.boot.operator.permissions.includes(permission);
  }

  open(id: string | null, how: 'push' | 'replace' = 'push', message: number | null = null): void {
    this.router.go({ conversation: id, message }, how);
  }

  /** Another list, in the order it was last looked at. */
  filterOf(change: Partial<Filter>): Filter {
    const filter = { ...this.router.route.value.filter, saved: null, ...change };
    const saved = this.views.find(filter.saved);
    const usual = saved ? sortNamed(saved.sort) : FIRST.sort;
    return { ...filter, sort: this.preferences.value.sorts[listKey(filter)] ?? usual };
  }

  /** Show the list in another order, and remember it. */
  sortBy(sort: Sort): void {
    const { filter } = this.router.route.peek();
    const before = this.preferences.peek();
    this.preferences.value = { ...before, sorts: { ...before.sorts, [listKey(filter)]: sort } };
    this.router.go({ filter: { ...filter, sort } });
  }

  /** Make a view like the list on show, or change one. */
  editView(view: SavedView | null): void {
    const { filter } = this.router.route.peek();
    const like = this.views.find(filter.saved);
    this.viewEditor.begin(view, like ? fromWire(like.filter) : likeList(filter.view), filter.sort);
    this.overlay.value = null;
    this.sheet.value = 'view';
  }

  /** A view was saved: it comes in the order it was given. */
  viewSaved(id: string): void {
    const sorts = Object.fromEntries(Object.entries(this.preferences.peek().sorts).filter(([key]) => key !== id));
    this.preferences.value = { ...this.preferences.peek(), sorts };
    this.showView(id);
  }

  showView(id: string): void {
    this.router.go({ filter: this.filterOf({ saved: id, inbox: null, tag: null }), isBoard: false, search: null });
  }

  /** Open the dialog for handing the conversation on the desk over, or inviting somebody. */
  handOver(): void {
    if (this.desk.id.peek() === null) return;
    this.together.handing.begin();
    this.sheet.value = 'handing';
  }

  /** One row up or down in the list on show. */
  step(by: 1 | -1): void {
    const next = this.list.neighbour(this.cursor.id.peek(), by);
    if (next !== null && next !== this.cursor.id.peek()) this.cursor.move(next, by);
  }

  /** Resolve and go on with the next one of the list. */
  resolveAndNext(): void {
    const id = this.desk.id.peek();
    if (id === null) return;
    if (this.#lacksTag(id)) {
      this.menu.value = 'tag';
      this.notices.say(_('Choose a tag before you resolve this.'));
      return;
    }
    const isListed = this.list.shown.peek().includes(id);
    const next = this.list.successor(id);
    this.acts.resolve(id);
    this.list.release();
    if (isListed && listKey(this.router.route.peek().filter) !== 'resolved') this.open(next, 'replace');
  }

  /** Its team asks for a tag, and it has none: the server would refuse. */
  #lacksTag(id: string): boolean {
    const row = this.store.row(id);
    return row?.tags.length === 0 && this.boot.teams.some((team) => team.id === row.team_id && team.requires_tag);
  }

  /** Put a message that could not be sent back into the composer. */
  takeBack(clientId: string): void {
    const entry = this.desk.outbox.discard(clientId);
    if (!entry?.conversation_id) return;
    const draft = this.drafts.get(entry.conversation_id, entry.kind);
    const text = [entry.text, draft.text].filter(Boolean).join('\n');
    this.drafts.set(entry.conversation_id, entry.kind, { text, attachments: [...entry.attachments, ...draft.attachments] });
    this.mode.value = entry.kind;
  }

  /** Write to somebody first: a sheet, and then the conversation that it makes. */
  writeTo(to: Addressee): void {
    const languages = this.boot.languages;
    const language = languages.includes(to.language) ? to.language : (languages[0] ?? 'en');
    this.outbound.begin({ ...to, language }, this.boot.inboxes);
    this.sheet.value = 'outbound';
  }

  async sendOutbound(): Promise<void> {
    const row = await this.outbound.send();
    if (!row) return;
    this.sheet.value = null;
    this.store.put([row]);
    this.open(row.id);
  }

  /** Show what a macro will do to the open conversation. */
  chooseMacro(macro: Macro): void {
    const id = this.desk.id.peek();
    if (id === null) return;
    this.macros.choose(macro, id, this.variables());
    this.sheet.value = 'macro';
  }

  async runMacro(): Promise<void> {
    const row = await this.macros.run();
    if (!row) return;
    this.sheet.value = null;
    this.store.replace(row);
  }

  /** What canned replies may name. */
  variables(): Record<string, string> {
    const row = this.desk.row.peek();
    const name = row?.contact.name ?? '';
    return {
      'contact.name': name, 'contact.first_name': name.split(/\s+/)[0] ?? '', 'contact.email': row?.contact.email ?? '',
      'operator.name': this.boot.operator.name, 'tenant.name': this.boot.tenant.name,
    };
  }

  /** Chosen by hand: it stays, however long nobody touches this page. */
  async setAvailability(availability: Availability): Promise<void> {
    this.idle.chosen();
    await this.#becomes(availability);
  }

  async #becomes(availability: Availability): Promise<void> {
    const was = this.store.availability.peek();
    const say = (value: Availability): void => {
      this.store.take([{ type: 'operator.availability_changed', position: null, operator_id: this.store.me, availability: value }]);
    };
    say(availability);
    try {
      await this.api.patch('me', { availability });
    } catch (error) {
      say(was);
      this.notices.fail(explain(error));
    }
  }

  /** Leave nothing of this person's unsent words on the machine. */
  async wipe(): Promise<void> {
    this.drafts.forget();
    await wipeLeftovers(this.boot.tenants.map(({ id, operator_id }) => `${id}:${operator_id}`));
  }

  #closeAll(): void {
    this.menu.value = null;
    this.overlay.value = null;
    this.mode.value = 'reply';
  }

  /** What was asked for by an address that does not say all. */
  #begin(): void {
    const { filter } = this.router.route.peek();
    if (filter.saved !== null && !this.views.find(filter.saved)) this.#leaveView();
    else if (!new URL(location.href).searchParams.has('sort')) this.router.go({ filter: this.filterOf(filter) }, 'replace');
    this.views.recount();
  }

  #leaveView(): void {
    this.router.go({ filter: this.filterOf({ ...FIRST }) }, 'replace');
  }

  #viewsChanged(was: readonly SavedView[]): void {
    const id = this.router.route.peek().filter.saved;
    if (id === null) return;
    const now = this.views.list.peek().find((view) => view.id === id);
    const before = was.find((view) => view.id === id);
    if (!now) this.#leaveView();
    else if (before && JSON.stringify(before.filter) !== JSON.stringify(now.filter)) this.list.renew();
  }

  #hear(event: WireEvent): void {
    this.views.hear(event);
    this.list.hear(event);
    this.visitors.take(event);
    this.offers.take(event);
    this.together.take(event);
    if (event.type === 'contact.updated' || event.type === 'contact.tagged' || event.type === 'contact.identified') this.contacts.renew(event.contact_id);
    if (event.type !== 'message.created' || event.conversation_id !== this.desk.id.peek()) return;
    const { author } = event.message;
    const isColleague = author.kind === 'operator' && author.id !== this.store.me;
    // Two answers to one question help nobody: whoever is still writing hears of the other's first.
    if (isColleague && this.drafts.get(event.conversation_id, 'reply').text) this.desk.overtakenBy.value = event.message;
  }

  /** After a gap: the list may have changed in ways no event will tell. */
  #caughtUp(): void {
    this.list.forgetOthers();
    void this.list.refresh();
    void this.views.renew();
    void this.offers.refresh();
    void this.together.notifications.refresh();
  }
}
