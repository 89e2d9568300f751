// What the thread asks at its end: which language, who is writing, how it went.
import type { VNode } from 'preact';
import { withConversation } from '../../shared/reduce.ts';
import { CommandError } from '../../shared/transport.ts';
import { cell } from '../panel/cell.ts';
import { transport } from '../panel/client.ts';
import { config } from '../panel/config.ts';
import { contact, conversations, current, inbox, isAway, messages, state, waiting } from '../panel/state.ts';
import type { Contact } from '../panel/state.ts';
import { store, stored } from '../panel/storage.ts';
import { acts, error, facts, form, values } from './draw.tsx';
import { speak } from './menu.tsx';
import { problem } from './words.ts';

const isSettled = cell(stored.declined);
const isSaved = cell(false);

function isAddress(): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(values.value['email']?.trim() ?? '');
}

function given(): { name?: string; email?: string } {
  const { name = '', email = '' } = values.value;
  return { ...(name.trim() && { name: name.trim() }), ...(isAddress() && { email: email.trim() }) };
}

/** Nobody is there: an answer can only come by e-mail, so an address is needed before anything is sent. */
function isOffline(): boolean {
  return isAway.value && config.offline_form;
}

/** Whether an address is owed before the first message can go. */
function isOwed(): boolean {
  if (contact.value?.email || !inbox.value) return false;
  const isFirst = !current.value;
  return isFirst && (config.ask_identity === 'required' || isOffline());
}

/** Sending waits, and the form says for what. */
export function isHolding(): boolean {
  if (!isOwed() || isAddress()) return false;
  error.value = 'bad_email';
  document.querySelector<HTMLInputElement>('.card [type=email]')?.focus();
  return true;
}

/** What goes with the first message; whoever gave an address then is not asked for it again. */
export function identity(): { name?: string; email?: string } {
  isSettled.value ||= isAddress();
  return given();
}

async function save(event: Event): Promise<void> {
  event.preventDefault();
  if (!isAddress()) {
    error.value = 'bad_email';
    return;
  }
  try {
    contact.value = (await transport.send('identify', { ...given(), typed: true }))['contact'] as Contact;
    isSaved.value = true;
    error.value = '';
  } catch (refused) {
    error.value = refused instanceof CommandError && refused.code === 'bad_request' ? 'bad_email' : 'disconnected';
  }
}

acts['decline'] = () => {
  isSettled.value = true;
  store({ declined: true });
};

/**
 * Before the first message: nobody is there, or this business wants to know whom it talks to. After it: so that an answer
 * finds the visitor who has left.
 */
function Form({ name }: { name: string }): VNode {
  return (
    <form class="card" noValidate onSubmit={(event) => void save(event)}>
      {form(name)}
      {error.value && <p role="alert" class="failed">{problem(error.value)}</p>}
    </form>
  );
}

async function rate(score: number): Promise<void> {
  const rated = current.value;
  if (!rated?.rating) return;
  state.value = withConversation(state.value, { ...rated, rating: { ...rated.rating, score } });
  try {
    const comment = values.value['comment']?.trim() ?? '';
    const answer = await transport.send('rate', { conversation_id: rated.id, score, comment });
    // Not to be said of the next conversation.
    if (comment) values.value = { ...values.value, comment: '' };
    state.value = withConversation(state.value, { ...rated, rating: answer['rating'] as typeof rated.rating });
    error.value = '';
  } catch (refused) {
    error.value = refused instanceof CommandError ? refused.code : 'unavailable';
  }
}

acts['rate'] = (score: number) => { void rate(score); };
facts['score'] = (score: number) => current.value?.rating?.score === score;

function Rating(): VNode {
  const { can_rate, score } = current.value?.rating ?? {};
  if (!can_rate) return <section class="card thanks">{form('rated')}</section>;
  return (
    <section class="card">
      {form('rating')}
      {score && (
        <form onSubmit={(event) => {
          event.preventDefault();
          void rate(score);
        }}>
          {form('comment')}
        </form>
      )}
      {error.value && <p role="alert" class="failed">{problem(error.value)}</p>}
    </section>
  );
}

acts['speak'] = speak;

/** An address is asked for once something was written, and not from somebody who said no. */
function isAsked(): boolean {
  if (config.ask_identity === 'off' || isSettled.value || !contact.value || contact.value.email) return false;
  return current.value?.status !== 'resolved' && messages.value.some(({ author }) => author.kind === 'contact');
}

export function Cards(): VNode {
  const isFirst = !conversations.value.length && !waiting.value.length;
  const isResolved = current.value?.status === 'resolved';
  return (
    <>
      {isFirst && form('languages')}
      {isOwed() && <Form name={isOffline() ? 'away' : 'first'} />}
      {isAsked() && <Form name="after" />}
      {isSaved.value && <p class="line" role="status">{form('saved')}</p>}
      {isResolved && current.value?.rating && <Rating />}
      {isResolved && form('again')}
    </>
  );
}
