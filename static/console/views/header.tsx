// The head of a conversation: who, in which state, and what can be done with it.
import type { JSX } from 'preact';
import { full, listed, number } from '../../shared/format.ts';
import { _, ngettext } from '../../shared/i18n.ts';
import type { ConversationRow, Priority, Status } from '../../shared/types.ts';
import type { ConversationMenu } from '../app.ts';
import { BlockMenu } from './block_menu.tsx';
import { useApp } from './context.ts';
import { MacroMenu } from './macro_sheet.tsx';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { AssignMenu, MoreMenu, PriorityMenu, SnoozeMenu, TagMenu } from './pickers.tsx';
import { Avatar, IconButton, priorityName, TagDot } from './small.tsx';

export function statusName(status: Status): string {
  return { open: _('Open'), pending: _('Pending'), snoozed: _('Snoozed'), resolved: _('Resolved') }[status];
}

const TONES: Readonly<Record<Status, string>> = { open: 'success', pending: 'warning', snoozed: 'info', resolved: '' };

/** A button that opens one of the menus, with the menu under it. */
function Opener({ menu, icon, label, shortcut, row }: { menu: ConversationMenu; icon: IconName; label: string; shortcut?: string; row: ConversationRow }): JSX.Element {
  const app = useApp();
  const isOpen = app.menu.value === menu;
  const close = (): void => {
    if (app.menu.peek() === menu) app.menu.value = null;
  };
  const Body = { assign: AssignMenu, tag: TagMenu, snooze: SnoozeMenu, priority: PriorityMenu, macro: MacroMenu, block: BlockMenu, more: MoreMenu }[menu];
  return (
    <span class={`opener opener--${menu}`} data-opens={menu}>
      <IconButton
        icon={icon} label={label} expanded={isOpen} {...(shortcut ? { shortcut } : {})}
        onClick={() => { app.menu.value = isOpen ? null : menu; }}
      />
      {isOpen && <Body row={row} onClose={close} />}
    </span>
  );
}

function Actions({ row }: { row: ConversationRow }): JSX.Element {
  const app = useApp();
  const isDone = row.status === 'resolved';
  return (
    <div class="head__actions" role="toolbar" aria-label={_('Conversation')}>
      {app.can('conversations:write') && (
        <>
          <Opener menu="assign" icon="person" label={_('Assign')} shortcut="A" row={row} />
          <Opener menu="tag" icon="tag" label={_('Tags')} shortcut="T" row={row} />
          <Opener menu="snooze" icon="moon" label={_('Snooze')} shortcut="S" row={row} />
          {app.menu.value === 'priority' && <Opener menu="priority" icon="flag" label={_('Priority')} shortcut="P" row={row} />}
          {app.menu.value === 'macro' && <Opener menu="macro" icon="layers" label={_('Macros')} shortcut="⇧M" row={row} />}
          {app.menu.value === 'block' && <Opener menu="block" icon="personOff" label={_('Block')} row={row} />}
          <Opener menu="more" icon="more" label={_('More actions')} row={row} />
          {isDone || row.status === 'snoozed' ? (
            <button type="button" class="button button--small head__done" title={`${_('Reopen')} (O)`} onClick={() => { app.acts.reopen(row.id); }}>
              <Icon name="reopen" /><span class="head__word">{_('Reopen')}</span>
            </button>
          ) : (
            <button type="button" class="button button--small button--primary head__done" title={`${_('Resolve and go on')} (E)`} onClick={() => { app.resolveAndNext(); }}>
              <Icon name="check" /><span class="head__word">{_('Resolve')}</span>
            </button>
          )}
        </>
      )}
      <IconButton
        class="head__panel" icon="panel" label={_('Contact')} shortcut="I"
        pressed={app.preferences.value.contactPane}
        onClick={() => { toggleContact(app); }}
      />
    </div>
  );
}

/** A pane on a wide screen, a page of its own on a phone. */
export function toggleContact(app: ReturnType<typeof useApp>): void {
  if (matchMedia('(max-width: 74.99rem)').matches) app.overlay.value = app.overlay.peek() === 'contact' ? null : 'contact';
  else app.preferences.value = { ...app.preferences.peek(), contactPane: !app.preferences.peek().contactPane };
}

function Badges({ row }: { row: ConversationRow }): JSX.Element {
  const { boot } = useApp();
  const team = boot.teams.find((one) => one.id === row.team_id);
  const tones: Readonly<Partial<Record<Priority, string>>> = { urgent: 'badge--danger', high: 'badge--warning' };
  return (
    <>
      {row.is_spam && <span class="badge badge--danger"><Icon name="ban" size={12} />{_('Spam')}</span>}
      {row.priority !== 'none' && <span class={`badge ${tones[row.priority] ?? ''}`}><Icon name="flag" size={12} />{priorityName(row.priority)}</span>}
      {team && <span class="badge"><Icon name="people" size={12} /><bdi>{team.name}</bdi></span>}
      {row.tags.map((tag) => <span key={tag.id} class="badge"><TagDot colour={tag.colour} /><bdi>{tag.name}</bdi></span>)}
      {row.rating !== null && <span class="badge badge--accent"><Icon name="star" size={12} />{_('Rated %(score)s of 5', { score: number(row.rating) })}</span>}
    </>
  );
}

function Facts({ row }: { row: ConversationRow }): JSX.Element {
  const { desk } = useApp();
  return (
    <p class="head__facts">
      <span class={`badge ${TONES[row.status] && `badge--${TONES[row.status]}`}`}>{statusName(row.status)}</span>
      {row.status === 'snoozed' && row.snoozed_until && <span class="faint small">{full(row.snoozed_until)}</span>}
      <span class="head__assignee">
        {row.operator ? (
          <><Avatar name={row.operator.name} seed={row.operator.id} size="small" /><bdi class="truncate">{row.operator.name}</bdi></>
        ) : _('Unassigned')}
      </span>
      <Badges row={row} />
      {desk.viewers.value.length > 0 && <Viewers />}
    </p>
  );
}

/** Who else has it open, and who of them is writing. */
function Viewers(): JSX.Element {
  const { desk } = useApp();
  const viewers = desk.viewers.value;
  const names = viewers.map((one) => one.name);
  return (
    <span class="head__viewers" title={_('Also open at: %(names)s', { names: listed(names) })}>
      <Icon name="eye" size={14} />
      {viewers.slice(0, 3).map((one) => <Avatar key={one.id} name={one.name} seed={one.id} size="small" />)}
      <span class="visually-hidden">
        {ngettext('%(names)s is looking at this conversation', '%(names)s are looking at this conversation', viewers.length, { names: listed(names) })}
      </span>
    </span>
  );
}

export function Header({ row }: { row: ConversationRow }): JSX.Element {
  const app = useApp();
  const presence = app.store.core.value.presence[row.contact.id];
  return (
    <header class="head">
      <IconButton class="head__back" icon="back" label={_('Back to the list')} onClick={() => { app.open(null); }} />
      <div class="head__who">
        <h1 class="head__name">
          <bdi class="truncate">{row.contact.name}</bdi>
          {presence && <span class="dot dot--online" role="img" aria-label={_('On the site now')} title={_('On the site now')} />}
        </h1>
        <Facts row={row} />
      </div>
      <Actions row={row} />
    </header>
  );
}
