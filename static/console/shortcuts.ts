// Every shortcut of the inbox, and with it every command of the palette.
import { _ } from '../shared/i18n.ts';
import type { Shortcut } from '../shared/keys.ts';
import type { App, Menu } from './app.ts';
import { VIEWS } from './state/lists.ts';
import type { View } from './state/lists.ts';

export interface Actions {
  toggleContact: () => void;
  viewName: (view: View) => string;
}

function focusOn(selector: string): void {
  const found = document.querySelector<HTMLElement>(selector);
  if (found) found.focus();
  // Else after the view has drawn what the command changed.
  else requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}

/** Escape goes one step out: menu, sheet, overlay, field, search, conversation. */
function out(app: App): boolean {
  if (app.menu.peek()) app.menu.value = null;
  else if (app.together.bell.peek()) app.together.bell.value = false;
  else if (app.sheet.peek()) app.sheet.value = null;
  else if (app.overlay.peek()) app.overlay.value = null;
  else if (app.router.route.peek().search !== null) app.router.go({ search: null }, 'replace');
  else if (app.desk.id.peek() !== null) app.open(null);
  else return false;
  return true;
}

function moving(app: App): Shortcut[] {
  const group = _('Moving');
  const letters: Readonly<Record<View, string>> = { mine: 'm', unassigned: 'u', all: 'a', pending: 'p', snoozed: 's', resolved: 'd' };
  return [
    { keys: ['j', 'arrowdown'], group, label: _('Next conversation'), isStep: true, run: () => { app.step(1); } },
    { keys: ['k', 'arrowup'], group, label: _('Previous conversation'), isStep: true, run: () => { app.step(-1); } },
    { keys: ['enter'], group, label: _('Write in the open conversation'), run: (event) => {
      if (event.target instanceof Element && event.target.closest('button,a,[role=option]')) return false;
      if (app.desk.id.peek() === null) return false;
      focusOn('#message');
      return true;
    } },
    { keys: ['/'], group, label: _('Search'), run: () => { app.router.go({ isBoard: false }); focusOn('#search'); } },
    { keys: ['escape'], group, label: _('Back'), run: () => out(app) },
    ...VIEWS.map((view): Shortcut => ({
      keys: [`g ${letters[view]}`], group, label: viewLabel(view),
      run: () => { app.router.go({ filter: app.filterOf({ view, inbox: null, tag: null }), isBoard: false, search: null }); },
    })),
    { keys: ['shift+v'], group, label: _('New view'), run: () => { app.editView(null); } },
    { keys: ['g v'], group, label: _('Go to Visitors'), run: () => { app.router.go({ isBoard: true, search: null }); } },
    { keys: ['g n'], group, label: _('Notifications'), run: () => { app.together.bell.value = true; } },
  ];
}

function viewLabel(view: View): string {
  return {
    mine: _('Go to Mine'), unassigned: _('Go to Unassigned'), all: _('Go to All open'), pending: _('Go to Pending'),
    snoozed: _('Go to Snoozed'), resolved: _('Go to Resolved'),
  }[view];
}

/** The oldest offer is the one that goes first. Returns whether there was one. */
function answerOffer(app: App, how: 'accept' | 'decline'): boolean {
  const offer = app.offers.list.peek()[0];
  if (offer) void app.offers[how](offer);
  return offer !== undefined;
}

function acting(app: App): Shortcut[] {
  const group = _('Conversation');
  const id = (): string | null => app.desk.id.peek();
  const may = (run: (conversation: string) => void, permission = 'conversations:write') => (): boolean => {
    const conversation = id();
    if (conversation === null || !app.can(permission)) return false;
    run(conversation);
    return true;
  };
  const open = (menu: Menu) => may(() => { app.menu.value = menu; });
  return [
    { keys: ['e'], group, label: _('Resolve and go on'), run: may(() => { app.resolveAndNext(); }) },
    { keys: ['o'], group, label: _('Reopen'), run: may((one) => { app.acts.reopen(one); }) },
    { keys: ['a'], group, label: _('Assign'), run: open('assign') },
    { keys: ['m'], group, label: _('Assign to me'), run: may((one) => { app.acts.assign(one, app.store.me); }) },
    { keys: ['f'], group, label: _('Hand over or invite'), run: may(() => { app.handOver(); }) },
    { keys: ['t'], group, label: _('Tags'), run: open('tag') },
    { keys: ['s'], group, label: _('Snooze'), run: open('snooze') },
    { keys: ['p'], group, label: _('Priority'), run: open('priority') },
    { keys: ['shift+m'], group, label: _('Run a macro'), run: open('macro') },
    { keys: ['u'], group, label: _('Reopen, or mark as unread'), run: may((one) => {
      const status = app.store.row(one)?.status;
      if (status === 'resolved' || status === 'snoozed') app.acts.reopen(one);
      else {
        app.desk.stopReading();
        app.acts.markUnread(one);
      }
    }) },
    { keys: ['y'], group, label: _('Accept the offer'), run: () => answerOffer(app, 'accept') },
    { keys: ['shift+y'], group, label: _('Decline the offer'), run: () => answerOffer(app, 'decline') },
    { keys: ['mod+z'], group, label: _('Undo'), run: () => app.notices.undo() },
  ];
}

function writing(app: App): Shortcut[] {
  const group = _('Writing');
  const write = (mode: 'reply' | 'note', permission: string) => (): boolean => {
    if (app.desk.id.peek() === null || !app.can(permission)) return false;
    app.mode.value = mode;
    focusOn('#message');
    return true;
  };
  const shown = (keys: string, label: string): Shortcut => ({ keys: [keys], group, label, run: () => false });
  return [
    { keys: ['r'], group, label: _('Reply'), run: write('reply', 'messages:write') },
    { keys: ['n'], group, label: _('Private note'), run: write('note', 'notes:write') },
    shown('mod+enter', _('Send')),
    shown('mod+shift+enter', _('Send and resolve')),
    shown('/', _('Canned replies, while writing')),
    shown('@', _('Mention a colleague, while writing a note')),
  ];
}

/** All of them. Those that only remind (sending) do nothing here: the composer hears its own keys. */
export function shortcuts(app: App, actions: Actions): Shortcut[] {
  const group = _('Everywhere');
  return [
    ...moving(app), ...acting(app), ...writing(app),
    { keys: ['i'], group, label: _('Show or hide the contact'), run: () => { actions.toggleContact(); } },
    { keys: ['mod+k'], group, inFields: true, label: _('All commands'), run: () => { app.sheet.value = app.sheet.peek() === 'palette' ? null : 'palette'; } },
    { keys: ['?'], group, label: _('Keyboard shortcuts'), run: () => { app.sheet.value = 'help'; } },
  ];
}
