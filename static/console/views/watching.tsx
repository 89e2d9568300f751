// Looking on unseen: what that means, and the two ways out of it.
import type { JSX } from 'preact';
import { _ } from '../../shared/i18n.ts';
import type { ConversationRow } from '../../shared/types.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';

export function Watching({ row }: { row: ConversationRow }): JSX.Element | null {
  const app = useApp();
  const { acts, desk, store } = app;
  if (!desk.watching.value || !row.operator) return null;
  return (
    <section class="watching" aria-label={_('You are watching')}>
      <Icon name="eye" size={16} />
      <p class="grow small">{_('You are watching: nobody sees you here, and nothing becomes read. What you write is a private note for %(name)s.', { name: row.operator.name })}</p>
      <button type="button" class="button button--small" onClick={() => { desk.join(); }}>{_('Join')}</button>
      {app.can('conversations:write') && (
        <button type="button" class="button button--small" title={`${_('Take over')} (M)`} onClick={() => { acts.assign(row.id, store.me); }}>{_('Take over')}</button>
      )}
    </section>
  );
}
