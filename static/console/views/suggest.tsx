// What a mark in the text calls up while one writes: canned replies after a slash, people and teams after an @.
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { _ } from '../../shared/i18n.ts';
import type { CannedReply } from '../boot.ts';
import { filled, inserted, searched, slashQuery } from '../state/canned.ts';
import type { SlashQuery } from '../state/canned.ts';
import { atQuery, matching } from '../state/mentions.ts';
import type { Mentionable } from '../state/mentions.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Avatar } from './small.tsx';

type Field = { current: HTMLTextAreaElement | null };

export interface Suggesting {
  query: SlashQuery | null;
  found: readonly unknown[];
  active: number;
  look: () => void;
  dismiss: () => void;
  /** Whether the key was for the menu. */
  key: (event: KeyboardEvent) => boolean;
}

export interface Suggestions<T> extends Suggesting {
  found: readonly T[];
  setActive: (index: number) => void;
  pick: (one: T) => void;
}

interface Kind<T> {
  /** What was typed after the mark, right before the caret. */
  queryOf: (text: string, caret: number) => SlashQuery | null;
  find: (query: string) => readonly T[];
  /** What takes the place of mark and query. */
  textOf: (one: T) => string;
}

function useSuggestions<T>(field: Field, set: (text: string) => void, kind: Kind<T>): Suggestions<T> {
  const [query, setQuery] = useState<SlashQuery | null>(null);
  const [active, setActive] = useState(0);
  const found = query ? kind.find(query.query) : [];
  const look = (): void => {
    const element = field.current;
    const next = element && element.selectionStart === element.selectionEnd ? kind.queryOf(element.value, element.selectionStart) : null;
    if (next?.query !== query?.query || next?.start !== query?.start) setActive(0);
    setQuery(next);
  };
  const pick = (one: T): void => {
    const element = field.current;
    if (!element || !query) return;
    const next = inserted(element.value, query, element.selectionStart, kind.textOf(one));
    set(next.text);
    setQuery(null);
    element.value = next.text;
    element.focus();
    element.setSelectionRange(next.caret, next.caret);
  };
  const key = (event: KeyboardEvent): boolean => {
    if (!query) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = found[active];
    if (step && found.length) setActive((active + step + found.length) % found.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) pick(chosen);
    else if (event.key === 'Escape') setQuery(null);
    else return false;
    return true;
  };
  return { query, found, active, setActive, look, dismiss: () => { setQuery(null); }, pick, key };
}

export function useCanned(field: Field, set: (text: string) => void): Suggestions<CannedReply> {
  const app = useApp();
  return useSuggestions(field, set, {
    queryOf: slashQuery,
    find: (query) => searched(app.boot.canned_replies, query),
    textOf: (reply) => filled(reply.text, app.variables()),
  });
}

/** Of notes only: a contact is not told of colleagues. */
export function useMentions(field: Field, set: (text: string) => void, isNote: boolean): Suggestions<Mentionable> {
  const people = useApp().together.mentionables.value;
  return useSuggestions(field, set, {
    queryOf: (text, caret) => (isNote ? atQuery(text, caret, people) : null),
    find: (query) => matching(people, query),
    textOf: (one) => `@${one.name} `,
  });
}

function Menu<T extends { id: string }>({ of, label, one, none }: { of: Suggestions<T>; label: string; one: (item: T) => ComponentChildren; none: ComponentChildren }): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => { list.current?.querySelector('[data-active=true]')?.scrollIntoView({ block: 'nearest' }); }, [of.active]);
  return (
    <div class="canned menu">
      {of.found.length > 0 ? (
        <div id="canned" role="listbox" aria-label={label} ref={list}>
          {of.found.map((item, index) => (
            <div
              key={item.id} id={`canned-${index}`} class="menu__item canned__one" role="option" aria-selected={index === of.active} data-active={index === of.active}
              onPointerMove={() => { of.setActive(index); }}
              onPointerDown={(event) => { event.preventDefault(); }}
              onClick={() => { of.pick(item); }}
            >
              {one(item)}
            </div>
          ))}
        </div>
      ) : <p class="menu__label">{none}</p>}
    </div>
  );
}

export function CannedMenu({ of }: { of: Suggestions<CannedReply> }): JSX.Element {
  const { boot } = useApp();
  const none = (
    <>
      {boot.canned_replies.length ? _('No canned reply like that.') : _('There are no canned replies yet.')}{' '}
      <a href={`${boot.urls.settings}canned-replies/`}>{_('Manage canned replies')}</a>
    </>
  );
  return (
    <Menu
      of={of} label={_('Canned replies')} none={none}
      one={(reply) => (
        <>
          <span class="canned__head"><bdi class="strong truncate">{reply.title || reply.shortcut}</bdi><kbd class="kbd">/{reply.shortcut}</kbd></span>
          <span class="canned__text muted small" dir="auto">{reply.text}</span>
        </>
      )}
    />
  );
}

export function MentionMenu({ of }: { of: Suggestions<Mentionable> }): JSX.Element {
  return (
    <Menu
      of={of} label={_('People and teams')} none={_('Nobody is called like that.')}
      one={(person) => (
        <span class="canned__person">
          {person.kind === 'team' ? <Icon name="people" /> : <Avatar name={person.name} seed={person.id} size="small" />}
          <bdi class="truncate grow">{person.name}</bdi>
          {person.kind === 'team' && <span class="faint small">{_('Team')}</span>}
        </span>
      )}
    />
  );
}

/** Write a mark at the caret, as if it had been typed. */
export function typeMark(mark: '/' | '@', element: HTMLTextAreaElement, set: (text: string) => void, suggestions: Suggesting): void {
  element.focus();
  const before = element.value.slice(0, element.selectionStart);
  element.setRangeText(/(^|\s)$/.test(before) ? mark : ` ${mark}`, element.selectionStart, element.selectionEnd, 'end');
  set(element.value);
  suggestions.look();
}
