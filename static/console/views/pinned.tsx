// What a colleague said when they handed the conversation over: above the thread until it is read.
import type { JSX } from 'preact';
import { _ } from '../../shared/i18n.ts';
import type { ConversationRow } from '../../shared/types.ts';
import { isPinned } from '../state/notifications.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Sentence } from './small.tsx';

export function Pinned({ row }: { row: ConversationRow }): JSX.Element | null {
  const { desk, together: { notifications } } = useApp();
  const told = notifications.list.value.find((one) => isPinned(one) && one.conversation_id === row.id);
  if (!told) return null;
  // The whole of it is in the thread; a notification holds the beginning.
  const text = desk.thread.value?.messages.find(({ id }) => id === told.message_id)?.text ?? told.text;
  return (
    <section class="pinned" aria-label={_('Note from %(name)s', { name: told.by.name })}>
      <Icon name="lock" size={16} />
      <div class="pinned__words">
        <p class="small"><Sentence text={_('%(name)s handed this over:')} parts={{ name: told.by.name }} /></p>
        <p class="pinned__text" dir="auto">{text}</p>
      </div>
      <button type="button" class="button button--small" onClick={() => { notifications.read(told.id); }}><Icon name="check" size={16} />{_('Got it')}</button>
    </section>
  );
}
