// The middle pane: head, thread, composer; or what there is to say when nothing is open.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { _ } from '../../shared/i18n.ts';
import type { ConversationRow } from '../../shared/types.ts';
import { addFiles, Composer } from './composer.tsx';
import { useApp } from './context.ts';
import { Header } from './header.tsx';
import { Icon } from './icons.tsx';
import { Pinned } from './pinned.tsx';
import { Empty } from './small.tsx';
import { Thread } from './thread.tsx';
import { Watching } from './watching.tsx';

function Trouble(): JSX.Element {
  const app = useApp();
  const id = app.desk.id.value;
  if (app.desk.trouble.value === 'missing') {
    return (
      <Empty icon="search" title={_('This conversation is not here')} text={_('It may have been deleted, or the link belongs to another business.')}>
        <button type="button" class="button" onClick={() => { app.open(null); }}>{_('Back to the list')}</button>
      </Empty>
    );
  }
  return (
    <Empty icon="warn" title={_('The conversation could not be fetched')}>
      <button type="button" class="button" onClick={() => { if (id !== null) void app.desk.fetch(id); }}>{_('Try again')}</button>
    </Empty>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

interface Dropping {
  isDropping: boolean;
  handlers: {
    onDragEnter: (event: DragEvent) => void;
    onDragOver: (event: DragEvent) => void;
    onDragLeave: () => void;
    onDrop: (event: DragEvent) => void;
  };
}

/** Files dropped anywhere on the conversation are attached; entering a child must not count as leaving. */
function useDropping(canWrite: boolean): Dropping {
  const app = useApp();
  const [isDropping, setDropping] = useState(false);
  const depth = useRef(0);
  const leave = (): void => {
    depth.current = 0;
    setDropping(false);
  };
  return {
    isDropping,
    handlers: {
      onDragEnter: (event) => {
        if (!hasFiles(event) || !canWrite) return;
        depth.current += 1;
        setDropping(true);
      },
      onDragOver: (event) => { if (hasFiles(event)) event.preventDefault(); },
      onDragLeave: () => {
        depth.current -= 1;
        if (depth.current <= 0) leave();
      },
      onDrop: (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        leave();
        if (canWrite) addFiles(app, event.dataTransfer?.files ?? []);
      },
    },
  };
}

function Opened({ row, canWrite }: { row: ConversationRow; canWrite: boolean }): JSX.Element {
  return (
    <>
      <Header row={row} />
      <Watching row={row} />
      <Pinned row={row} />
      <Thread row={row} />
      {canWrite && <Composer row={row} />}
    </>
  );
}

export function Conversation(): JSX.Element {
  const app = useApp();
  const { desk } = app;
  const row = desk.row.value;
  const canWrite = app.can('messages:write') || app.can('notes:write');
  const { isDropping, handlers } = useDropping(canWrite);
  if (desk.id.value === null) {
    return (
      <section class="conversation" aria-label={_('Conversation')}>
        <Empty icon="chat" title={_('Choose a conversation')} text={_('Press J and K to walk through the list, and ? for all shortcuts.')} />
      </section>
    );
  }
  const isInTrouble = desk.trouble.value !== null && !desk.thread.value;
  return (
    <section class="conversation" aria-label={row ? _('Conversation with %(name)s', { name: row.contact.name }) : _('Conversation')} {...handlers}>
      {isInTrouble ? <Trouble /> : row && <Opened row={row} canWrite={canWrite} />}
      {isDropping && <div class="drop"><Icon name="clip" size={32} /><p>{_('Drop files to attach them')}</p></div>}
    </section>
  );
}
