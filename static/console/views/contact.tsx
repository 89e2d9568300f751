// The contact beside the conversation: edited in place, with everything that was said before.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { clockIn, countryName, full, languageName, relative, shortDate } from '../../shared/format.ts';
import { _ } from '../../shared/i18n.ts';
import type { ConversationRow } from '../../shared/types.ts';
import type { Visitor } from '../../shared/wire.ts';
import type { TagRef } from '../boot.ts';
import { browserName } from '../state/contacts.ts';
import type { Contact, ContactSession } from '../state/contacts.ts';
import { explain } from '../state/explain.ts';
import { PageLink } from './board.tsx';
import { useApp } from './context.ts';
import { EditableChoice, EditableText } from './editable.tsx';
import { statusName } from './header.tsx';
import { Icon } from './icons.tsx';
import { Picker } from './picker.tsx';
import { Avatar, IconButton, TagDot } from './small.tsx';

function Row({ label, children }: { label: string; children: JSX.Element | string }): JSX.Element {
  return <><dt>{label}</dt><dd>{children}</dd></>;
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

/** Where the contact is and what they use, as far as their browser told. */
function VisitFacts({ session, visitor }: { session: ContactSession; visitor: Visitor | undefined }): JSX.Element {
  const { browser, system } = browserName(session.user_agent);
  return (
    <>
      {!visitor && session.page_url && (
        <Row label={_('Page')}>
          <a href={session.page_url} target="_blank" rel="noopener noreferrer nofollow" dir="auto">{session.page_title || session.page_url}</a>
        </Row>
      )}
      {session.referrer && <Row label={_('Came from')}><bdi class="ltr" title={session.referrer}>{hostOf(session.referrer)}</bdi></Row>}
      {browser && <Row label={_('Browser')}>{[browser, system].filter(Boolean).join(', ')}</Row>}
    </>
  );
}

function PlaceFacts({ contact }: { contact: Contact }): JSX.Element {
  const { store } = useApp();
  const localTime = contact.time_zone && clockIn(contact.time_zone, store.now.value);
  return (
    <>
      {localTime && <Row label={_('Local time')}>{localTime}</Row>}
      {contact.country && <Row label={_('Country')}>{countryName(contact.country)}</Row>}
      {contact.language && <Row label={_('Language')}>{languageName(contact.language)}</Row>}
    </>
  );
}

function Details({ row, contact }: { row: ConversationRow; contact: Contact }): JSX.Element {
  const { boot, store, visitors } = useApp();
  const inbox = boot.inboxes.find((one) => one.id === row.inbox_id);
  const isHere = store.core.value.presence[contact.id] ?? false;
  const visitor = isHere ? visitors.here.value[contact.id] : undefined;
  const seen = isHere ? _('Now') : contact.last_seen_at ? relative(contact.last_seen_at, store.now.value) : '–';
  return (
    <dl class="definitions contact__facts">
      {inbox && <Row label={_('Inbox')}><bdi>{inbox.name}</bdi></Row>}
      {visitor && <Row label={_('Page now')}><PageLink visitor={visitor} /></Row>}
      <PlaceFacts contact={contact} />
      {contact.session && <VisitFacts session={contact.session} visitor={visitor} />}
      <Row label={_('Last seen')}>{seen}</Row>
      <Row label={_('First seen')}>{shortDate(contact.created_at)}</Row>
      {Object.entries(contact.attributes).map(([name, value]) => (
        <Row key={name} label={name}><bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi></Row>
      ))}
    </dl>
  );
}

function Earlier({ row, all }: { row: ConversationRow; all: readonly ConversationRow[] }): JSX.Element | null {
  const app = useApp();
  const others = all.filter((one) => one.id !== row.id);
  if (!others.length) return null;
  return (
    <section class="contact__section">
      <h3>{_('Other conversations')}</h3>
      <ul class="earlier">
        {others.map((one) => (
          <li key={one.id}>
            <a
              href={app.router.href({ conversation: one.id })}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                app.store.put([one]);
                app.open(one.id);
              }}
            >
              <span class="truncate" dir="auto">{one.subject || one.last_message?.text || _('No messages yet')}</span>
              <span class="faint small">{statusName(one.status)} · <time dateTime={one.last_activity_at} title={full(one.last_activity_at)}>{shortDate(one.last_activity_at)}</time></span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Head({ row, isBlocked }: { row: ConversationRow; isBlocked: boolean }): JSX.Element {
  const app = useApp();
  const isHere = app.store.core.value.presence[row.contact.id] ?? false;
  return (
    <div class="contact__head">
      <Avatar name={row.contact.name} seed={row.contact.id} size="large" />
      <h2 class="contact__name"><bdi>{row.contact.name}</bdi></h2>
      <p class="cluster">
        <span class="small muted"><span class={`dot ${isHere ? 'dot--online' : ''}`} aria-hidden="true" /> {isHere ? _('On the site now') : _('Away from the site')}</span>
        {row.contact.is_verified && <span class="badge badge--success"><Icon name="check" size={12} />{_('Verified')}</span>}
        {isBlocked && <span class="badge badge--danger">{_('Blocked')}</span>}
      </p>
      {app.can('messages:write') && !isBlocked && (
        <button
          type="button" class="button button--small"
          onClick={() => { app.writeTo({ contactId: row.contact.id, name: row.contact.name, inboxId: row.inbox_id, language: row.language }); }}
        >
          <Icon name="plus" size={14} />{_('New conversation')}
        </button>
      )}
    </div>
  );
}

/** What the conversation is about and which language it is held in; every operator's screen follows. */
function About({ row }: { row: ConversationRow }): JSX.Element {
  const app = useApp();
  const isReadOnly = !app.can('conversations:write');
  const languages = app.boot.languages.map((code) => ({ value: code, label: languageName(code) }));
  return (
    <section class="contact__section">
      <h3>{_('Conversation')}</h3>
      <div class="contact__fields">
        <EditableText
          id={row.id} name="subject" icon="chat" label={_('Subject')} empty={_('Add a subject')} type="text" limit={200} isReadOnly={isReadOnly}
          value={row.subject} keep={(subject) => app.acts.describe(row.id, { subject })}
        />
        <EditableChoice
          icon="globe" label={_('Language of the conversation')} options={languages} value={row.language} isReadOnly={isReadOnly}
          keep={(language) => app.acts.describe(row.id, { language })}
        />
      </div>
    </section>
  );
}

/** Its tags, of the same list as those of conversations; chosen by a menu like theirs. */
function Tags({ contact }: { contact: Contact }): JSX.Element {
  const app = useApp();
  const { contacts, notices, store } = app;
  const [isOpen, setOpen] = useState(false);
  const mayChange = app.can('contacts:write');
  const has = (tag: TagRef): boolean => contact.tags.some((one) => one.id === tag.id);
  const set = (tags: readonly TagRef[]): Promise<void> => contacts.tag(contact.id, tags).catch((error: unknown) => { notices.fail(explain(error)); });
  const toggle = (tag: TagRef): void => {
    const before = contact.tags;
    const text = has(tag) ? _('Tag “%(name)s” removed.', { name: tag.name }) : _('Tagged “%(name)s”.', { name: tag.name });
    void set(has(tag) ? before.filter((one) => one.id !== tag.id) : [...before, tag]);
    notices.undoable(text, _('Undo'), () => void set(before));
  };
  return (
    <section class="contact__section">
      <h3>{_('Tags')}</h3>
      <div class="contact__tags">
        {contact.tags.map((tag) => <span key={tag.id} class="badge"><TagDot colour={tag.colour} /><bdi>{tag.name}</bdi></span>)}
        {mayChange && (
          <span class="opener opener--contact" data-opens="contact-tags">
            <IconButton small icon="tag" label={_('Tags of the contact')} expanded={isOpen} onClick={() => { setOpen(!isOpen); }} />
            {isOpen && (
              <Picker
                label={_('Tags of the contact')} placeholder={_('Add or remove tags…')} keepOpen onClose={() => { setOpen(false); }}
                options={store.tags.value.map((tag) => ({
                  id: tag.id, label: tag.name, mark: <TagDot colour={tag.colour} />, isChecked: has(tag), run: () => { toggle(tag); },
                }))}
              />
            )}
          </span>
        )}
      </div>
    </section>
  );
}

function Body({ row, contact }: { row: ConversationRow; contact: Contact }): JSX.Element {
  const app = useApp();
  const { contacts } = app;
  const about = { id: contact.id, isReadOnly: !app.can('contacts:write') };
  return (
    <>
      <div class="contact__fields">
        <EditableText
          {...about} name="name" icon="person" label={_('Name')} empty={_('Add a name')} type="text" limit={100}
          value={contact.name} keep={(name) => contacts.change(contact.id, 'name', name)}
        />
        <EditableText
          {...about} name="email" icon="mail" label={_('E-mail')} empty={_('Add an e-mail address')} type="email" limit={254}
          value={contact.email} keep={(email) => contacts.change(contact.id, 'email', email)}
        />
        <EditableText
          {...about} name="phone" icon="phone" label={_('Phone')} empty={_('Add a phone number')} type="tel" limit={40}
          value={contact.phone} keep={(phone) => contacts.change(contact.id, 'phone', phone)}
        />
      </div>
      <Tags contact={contact} />
      <About row={row} />
      <section class="contact__section"><h3>{_('Details')}</h3><Details row={row} contact={contact} /></section>
      <Earlier row={row} all={contacts.earlier.value[contact.id] ?? []} />
    </>
  );
}

export function ContactPane(): JSX.Element | null {
  const app = useApp();
  const row = app.desk.row.value;
  const id = row?.contact.id;
  useEffect(() => { if (id !== undefined) void app.contacts.want(id); }, [id]);
  if (!row || id === undefined) return null;
  const contact = app.contacts.held.value[id];
  return (
    <aside class={`contact ${app.overlay.value === 'contact' ? 'contact--open' : ''}`} aria-label={_('Contact')}>
      <header class="contact__bar">
        <IconButton icon="back" label={_('Back to the conversation')} onClick={() => { app.overlay.value = null; }} />
        <h2>{_('Contact')}</h2>
      </header>
      <Head row={row} isBlocked={contact?.is_blocked ?? false} />
      {contact && <Body row={row} contact={contact} />}
      {!contact && app.contacts.failed.value.has(id) && (
        <p class="contact__section muted">
          {_('The contact could not be fetched.')}{' '}
          <button type="button" class="button button--link" onClick={() => void app.contacts.want(id)}>{_('Try again')}</button>
        </p>
      )}
    </aside>
  );
}
