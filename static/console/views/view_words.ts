// What the editor of views calls fields, operations and values.
import { languageName } from '../../shared/format.ts';
import { _ } from '../../shared/i18n.ts';
import type { Priority, Status } from '../../shared/types.ts';
import type { App } from '../app.ts';
import type { Field, Op } from '../state/view_tree.ts';
import { statusName } from './header.tsx';
import { priorityName } from './small.tsx';

export interface Choice {
  value: string;
  label: string;
}

export function fieldName(field: Field): string {
  return {
    status: _('Status'), operator: _('Operator'), team: _('Team'), inbox: _('Inbox'), channel: _('Channel'), tag: _('Tag'), contact_tag: _('Tag of the contact'),
    priority: _('Priority'), language: _('Language'), unread: _('Unread'), waiting: _('Waiting'), created: _('Begun'),
    updated: _('Last activity'), contact: _('Contact'), spam: _('Spam'),
  }[field];
}

export function opName(op: Op): string {
  return {
    is: _('is one of'), is_not: _('is none of'), has: _('is one of'), has_not: _('is none of'), over: _('for longer than'),
    within_days: _('in the last'), before: _('before'), after: _('after'), contains: _('contains'),
  }[op];
}

const STATUSES: readonly Status[] = ['open', 'pending', 'snoozed', 'resolved'];
const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'medium', 'low', 'none'];

function named(refs: readonly { id: string; name: string }[]): Choice[] {
  return refs.map(({ id, name }) => ({ value: id, label: name }));
}

/** What a field may be, where it is one of a few. */
export function choicesOf({ boot, store }: App, field: Field): Choice[] {
  const nobody = { value: 'none', label: _('Nobody') };
  switch (field) {
    case 'status': return STATUSES.map((value) => ({ value, label: statusName(value) }));
    case 'priority': return PRIORITIES.map((value) => ({ value, label: priorityName(value) }));
    case 'language': return boot.languages.map((value) => ({ value, label: languageName(value) }));
    case 'channel': return [{ value: 'widget', label: _('Website widget') }, { value: 'email', label: _('E-mail address') }];
    case 'operator': return [{ value: 'me', label: _('Me') }, nobody, ...named(store.operators.value)];
    case 'team': return [{ value: 'none', label: _('No team') }, ...named(boot.teams)];
    case 'inbox': return named(boot.inboxes);
    case 'tag':
    case 'contact_tag': return named(store.tags.value);
    default: return [];
  }
}
