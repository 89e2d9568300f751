// What a search found: conversations already here at once, then what the server knows.
import type { JSX } from 'preact';
import { when } from '../../shared/format.ts';
import { _ } from '../../shared/i18n.ts';
import { directionOf } from '../../shared/text.ts';
import type { ConversationRow } from '../../shared/types.ts';
import { excerpt } from '../state/search.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Avatar, Empty } from './small.tsx';

interface ResultProps {
  row: ConversationRow;
  text: string;
  at: string;
  message: number | null;
  query: string;
  isNote?: boolean;
}

function Result({ row, text, at, message, query, isNote }: ResultProps): JSX.Element {
  const app = useApp();
  return (
    <li>
      <a
        class="result"
        href={app.router.href({ conversation: row.id, message })}
        {...(app.desk.id.value === row.id && app.router.route.value.message === message ? { 'aria-current': 'true' as const } : {})}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          app.open(row.id, 'push', message);
        }}
      >
        <Avatar name={row.contact.name} seed={row.contact.id} size="small" />
        <span class="result__body">
          <span class="split">
            <bdi class="strong truncate">{row.contact.name}</bdi>
            <time class="faint small nowrap" dateTime={at}>{when(at, app.store.now.value)}</time>
          </span>
          <span class="result__text" dir={directionOf(text)}>
            {isNote && <Icon name="lock" size={13} />}
            {excerpt(text, query).map((part, index) => (part.isMatch ? <mark key={index}>{part.text}</mark> : part.text))}
          </span>
        </span>
      </a>
    </li>
  );
}

export function SearchResults(): JSX.Element {
  const { search } = useApp();
  const query = search.query.value;
  const state = search.state.value;
  const local = search.local.value;
  // A contact's match without a message stands among the conversations already.
  const hits = search.hits.value.filter((hit) => hit.message !== null || !local.some((row) => row.id === hit.conversation.id));
  if (state === 'idle' && !local.length) {
    return <Empty icon="search" title={_('Search')} text={_('Names, addresses and every word of every message.')} />;
  }
  return (
    <div class="results" aria-live="polite">
      {local.length > 0 && (
        <>
          <h2 class="results__title">{_('Conversations')}</h2>
          <ul class="results__list">
            {local.map((row) => (
              <Result key={row.id} row={row} query={query} message={null} at={row.last_activity_at} text={row.last_message?.text || row.contact.email || row.subject} />
            ))}
          </ul>
        </>
      )}
      {hits.length > 0 && (
        <>
          <h2 class="results__title">{_('Messages')}</h2>
          <ul class="results__list">
            {hits.map(({ conversation, message }) => (
              <Result
                key={message?.id ?? conversation.id} row={conversation} query={query} message={message?.position ?? null}
                at={message?.created_at ?? conversation.last_activity_at} isNote={message?.kind === 'note'}
                text={message?.text ?? conversation.last_message?.text ?? ''}
              />
            ))}
          </ul>
        </>
      )}
      {state === 'searching' && <p class="results__state"><span class="spinner" />{_('Searching…')}</p>}
      {state === 'failed' && (
        <p class="results__state">
          {search.problem.value} <button type="button" class="button button--link" onClick={() => void search.ask()}>{_('Try again')}</button>
        </p>
      )}
      {state === 'done' && !hits.length && !local.length && <Empty icon="search" title={_('Nothing found')} text={_('Try fewer or other words.')} />}
    </div>
  );
}
