// What the thread asks at its end: which language, who is writing, how it went.
import type { VNode } from 'preact';
import { _ } from '../../shared/i18n.ts';
import { withConversation } from '../../shared/reduce.ts';
import { CommandError } from '../../shared/transport.ts';
import { cell } from '../panel/cell.ts';
import { transport } from '../panel/client.ts';
import { config } from '../panel/config.ts';
import { contact, conversations, current, inbox, isAway, messages, state, waiting } from '../panel/state.ts';
import type { Contact } from '../panel/state.ts';
import { store, stored } from '../panel/storage.ts';
import { Icon } from './icons.tsx';
import { speak, startNew } from './menu.tsx';
import { problem, status } from './words.ts';

const name = cell('');
const email = cell('');
const isSettled = cell(stored.declined);
const isSaved = cell(false);
const error = cell('');
const comment = cell('');
const chosen = cell(0);

function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim());
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
  if (!isOwed() || isAddress(email.value)) return false;
  error.value = 'bad_email';
  document.querySelector<HTMLInputElement>('.card input[type=email]')?.focus();
  return true;
}

function given(): { name?: string; email?: string } {
  return {
    ...(name.value.trim() && { name: name.value.trim() }),
    ...(isAddress(email.value) && { email: email.value.trim() }),
  };
}

/** What goes with the first message; whoever gave an address then is not asked for it again. */
export function identity(): { name?: string; email?: string } {
  isSettled.value ||= isAddress(email.value);
  return given();
}

async function save(event: Event): Promise<void> {
  event.preventDefault();
  if (!isAddress(email.value)) {
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

function decline(): void {
  isSettled.value = true;
  store({ declined: true });
}

function Fields({ isRequired }: { isRequired: boolean }): VNode {
  return (
    <div class="fields">
      <label>
        {_('Your name')}
        <input type="text" dir="auto" autocomplete="name" maxLength={100} value={name.value} onInput={({ currentTarget }) => { name.value = currentTarget.value; }} />
      </label>
      <label>
        {_('E-mail')}
        <input
          type="email"
          dir="ltr"
          autocomplete="email"
          maxLength={254}
          value={email.value}
          aria-required={isRequired}
          aria-invalid={!!error.value}
          onInput={({ currentTarget }) => {
            email.value = currentTarget.value;
            error.value = '';
          }}
        />
      </label>
      {error.value && <p role="alert" class="failed">{problem(error.value)}</p>}
    </div>
  );
}

/** Before the first message: nobody is there, or this business wants to know whom it talks to. */
function Before(): VNode {
  return (
    <section class="card">
      {isOffline() ? (
        <>
          <h2>{_('We are away at the moment')}</h2>
          <p>{inbox.value?.next_opening && !inbox.value.is_open && <>{status()}.{' '}</>}{_('Leave a message: we reply by e-mail.')}</p>
        </>
      ) : <h2>{_('Who are we talking to?')}</h2>}
      <Fields isRequired />
    </section>
  );
}

/** After the first message: so that an answer finds the visitor who has left. */
function After(): VNode {
  return (
    <form class="card" noValidate onSubmit={(event) => void save(event)}>
      <h2>{_('Where can we reach you if you leave?')}</h2>
      <Fields isRequired={false} />
      <p class="row">
        <button type="submit" class="main">{_('Save')}</button>
        <button type="button" onClick={decline}>{_('Not now')}</button>
      </p>
    </form>
  );
}

/** Drawn, because not every system has the emoji: mouths from very bad to very good. */
const MOUTHS = ['M7.5 17c2-4 7-4 9 0', 'M8 16.5c2-2 6-2 8 0', 'M8 15.5h8', 'M8 14.5c2 2.5 6 2.5 8 0', 'M7 13.5h10c-1 5-9 5-10 0'];
const FACE = 'M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19M9 9v1m6-1v1';

async function rate(score: number): Promise<void> {
  const rated = current.value;
  if (!rated) return;
  chosen.value = score;
  try {
    const fields = { conversation_id: rated.id, score, comment: comment.value.trim() };
    const answer = await transport.send('rate', fields);
    state.value = withConversation(state.value, { ...rated, rating: answer['rating'] as typeof rated.rating });
    error.value = '';
  } catch (refused) {
    error.value = refused instanceof CommandError ? refused.code : 'unavailable';
  }
}

function Rating(): VNode {
  const rating = current.value?.rating;
  const names = [_('Terrible'), _('Bad'), _('Okay'), _('Good'), _('Great')];
  const score = chosen.value || rating?.score;
  if (!rating?.can_rate) return <section class="card thanks"><h2>{_('Thank you for your rating!')}</h2></section>;
  return (
    <section class="card">
      <h2 id="ask">{_('How was this conversation?')}</h2>
      <div class="faces" role="group" aria-labelledby="ask">
        {MOUTHS.map((mouth, index) => (
          <button key={mouth} type="button" aria-label={names[index]} title={names[index]} aria-pressed={score === index + 1} onClick={() => void rate(index + 1)}>
            <Icon d={FACE + mouth} />
          </button>
        ))}
      </div>
      {score && (
        <form onSubmit={(event) => {
          event.preventDefault();
          void rate(score);
        }}>
          <label>
            {_('What made it so? (optional)')}
            <textarea dir="auto" rows={2} maxLength={1000} value={comment.value} onInput={({ currentTarget }) => { comment.value = currentTarget.value; }} />
          </label>
          <p class="row"><button type="submit" class="main" disabled={!comment.value.trim()}>{_('Send')}</button></p>
        </form>
      )}
      {error.value && <p role="alert" class="failed">{problem(error.value)}</p>}
    </section>
  );
}

function Languages(): VNode {
  return (
    <p class="row languages">
      {config.languages.map(([code, own]) => (
        <button key={code} type="button" lang={code} aria-pressed={code === config.language} onClick={() => { if (code !== config.language) speak(code); }}>
          {own}
        </button>
      ))}
    </p>
  );
}

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
      {config.ask_language && isFirst && <Languages />}
      {isOwed() && <Before />}
      {isAsked() && <After />}
      {isSaved.value && <p class="line" role="status">{_('Thank you. If you leave, we write to you.')}</p>}
      {isResolved && current.value?.rating && <Rating />}
      {isResolved && <p class="row"><button type="button" onClick={startNew}>{_('New conversation')}</button></p>}
    </>
  );
}
