// The menus of a conversation: assign, tag, snooze, priority, and the rest.
import type { JSX } from 'preact';
import { moment } from '../../shared/format.ts';
import { _ } from '../../shared/i18n.ts';
import type { ConversationRow, Priority } from '../../shared/types.ts';
import type { App } from '../app.ts';
import { presets, understood } from '../state/snooze.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Picker } from './picker.tsx';
import type { Option } from './picker.tsx';
import { Avatar, availabilityName, Presence, priorityName, TagDot } from './small.tsx';

export interface MenuProps {
  row: ConversationRow;
  onClose: () => void;
}

/** After the menu has closed and given the focus back. */
function handOver(app: App): Option {
  return {
    id: 'hand', label: _('Hand over or invite…'), mark: <Icon name="swap" />, hint: 'F', group: _('Together'),
    run: () => setTimeout(() => { app.handOver(); }),
  };
}

export function AssignMenu({ row, onClose }: MenuProps): JSX.Element {
  const app = useApp();
  const { acts, boot, store } = app;
  const order = { online: 0, away: 1, offline: 2 };
  const operators = [...store.operators.value].sort(
    (a, b) => Number(b.id === store.me) - Number(a.id === store.me) || order[a.availability] - order[b.availability] || a.name.localeCompare(b.name),
  );
  const options: Option[] = operators.map((one) => ({
    id: one.id,
    label: one.id === store.me ? _('%(name)s (you)', { name: one.name }) : one.name,
    mark: <><Avatar name={one.name} seed={one.id} size="small" /><Presence availability={one.availability} /></>,
    hint: one.availability === 'online' ? '' : availabilityName(one.availability),
    isChecked: row.operator?.id === one.id,
    run: () => { acts.assign(row.id, one.id); },
  }));
  const nobody: Option = {
    id: 'nobody', label: _('Nobody'), mark: <Icon name="personOff" />, isChecked: row.operator === null,
    run: () => { acts.assign(row.id, null); },
  };
  const teams: Option[] = boot.teams.map((team) => ({
    id: team.id, label: team.name, mark: <Icon name="people" />, group: _('Teams'), isChecked: row.team_id === team.id,
    run: () => { acts.assignTeam(row.id, row.team_id === team.id ? null : team.id, team.name); },
  }));
  return <Picker label={_('Assign to')} placeholder={_('Assign to…')} options={[...options, nobody, ...teams, handOver(app)]} onClose={onClose} />;
}

export function TagMenu({ row, onClose }: MenuProps): JSX.Element {
  const { acts, store } = useApp();
  const own = new Set(row.tags.map((tag) => tag.name));
  const known = [...store.tags.value, ...row.tags.filter((tag) => !store.tags.value.some((one) => one.name === tag.name))];
  const options: Option[] = known.map((tag) => ({
    id: tag.id, label: tag.name, mark: <TagDot colour={tag.colour} />, isChecked: own.has(tag.name),
    run: () => { acts.toggleTag(row.id, tag.name); },
  }));
  return <Picker label={_('Tags')} placeholder={_('Add or remove tags…')} options={options} onClose={onClose} keepOpen />;
}

export function SnoozeMenu({ row, onClose }: MenuProps): JSX.Element {
  const { acts, boot } = useApp();
  const now = new Date();
  const options: Option[] = presets(now).map((choice) => ({
    id: choice.label, label: choice.label, hint: moment(choice.until), mark: <Icon name="clock" />,
    run: () => { acts.snooze(row.id, choice.until); },
  }));
  options.push({ id: 'reply', label: _('Until they write'), mark: <Icon name="chat" />, run: () => { acts.snooze(row.id, null); } });
  const typed = (text: string): Option | null => {
    const until = understood(text, now, boot.language);
    return until && { id: 'typed', label: moment(until), mark: <Icon name="moon" />, run: () => { acts.snooze(row.id, until); } };
  };
  return <Picker label={_('Snooze until')} placeholder={_('3 hours, tomorrow 9, friday…')} options={options} extra={typed} onClose={onClose} />;
}

const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'medium', 'low', 'none'];

export function PriorityMenu({ row, onClose }: MenuProps): JSX.Element {
  const { acts } = useApp();
  const options: Option[] = PRIORITIES.map((priority) => ({
    id: priority, label: priorityName(priority), isChecked: row.priority === priority,
    mark: <span class={`flag flag--${priority}`}><Icon name="flag" /></span>,
    run: () => { acts.prioritise(row.id, priority); },
  }));
  return <Picker label={_('Priority')} placeholder={_('Set the priority…')} options={options} onClose={onClose} />;
}

export function MoreMenu({ row, onClose }: MenuProps): JSX.Element {
  const app = useApp();
  const { acts, menu, notices } = app;
  const link = `${location.origin}${app.router.href({ conversation: row.id, search: null })}`;
  const later = (next: 'priority' | 'macro' | 'block'): (() => void) => () => setTimeout(() => { menu.value = next; });
  const options: Option[] = [
    ...(app.boot.macros.length ? [{ id: 'macro', label: _('Run a macro…'), mark: <Icon name="layers" />, hint: '⇧M', run: later('macro') }] : []),
    { id: 'priority', label: _('Set priority'), mark: <Icon name="flag" />, hint: 'P', run: later('priority') },
    {
      id: 'unread', label: _('Mark as unread'), mark: <Icon name="mail" />, hint: 'U',
      run: () => { app.desk.stopReading(); acts.markUnread(row.id); },
    },
    ...(row.status === 'open' ? [{ id: 'pending', label: _('Mark as pending'), mark: <Icon name="clock" />, run: () => { acts.markPending(row.id); } }] : []),
    {
      id: 'spam', label: row.is_spam ? _('Not spam') : _('Mark as spam'), mark: <Icon name="ban" />,
      run: () => { acts.markSpam(row.id, !row.is_spam); },
    },
    ...(app.can('contacts:write') && !app.contacts.held.value[row.contact.id]?.is_blocked
      ? [{ id: 'block', label: _('Block this visitor…'), mark: <Icon name="personOff" />, run: later('block') }]
      : []),
    {
      id: 'link', label: _('Copy link'), mark: <Icon name="copy" />,
      run: () => void navigator.clipboard.writeText(link).then(() => { notices.say(_('Link copied.')); }),
    },
    handOver(app),
  ];
  return <Picker label={_('More actions')} placeholder={_('More actions…')} options={options} onClose={onClose} />;
}
