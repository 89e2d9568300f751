// The list pane: which list, searching, the rows.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { number } from '../../shared/format.ts';
import { _, ngettext } from '../../shared/i18n.ts';
import type { App } from '../app.ts';
import { SORTS } from '../state/lists.ts';
import type { Filter, Sort } from '../state/lists.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Picker } from './picker.tsx';
import { Row } from './row.tsx';
import { SearchResults } from './search.tsx';
import { viewName } from './sidebar.tsx';
import { Empty, IconButton } from './small.tsx';
import { useVirtual } from './virtual.ts';
import type { Virtual } from './virtual.ts';

const ROW_REM = 5.5;
const SKELETON_AFTER_MS = 300;
/** Fetch the next page when this many rows are left below. */
const AHEAD = 15;
const RELEASE_MS = 400;

/** True once `waiting` has lasted long enough to be worth a skeleton. */
export function useLate(waiting: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => { setLate(true); }, SKELETON_AFTER_MS);
    return () => { clearTimeout(timer); };
  }, [waiting]);
  return late && waiting;
}

/** What the list on show is called. */
function listName(app: App, filter: Filter): string {
  return app.views.find(filter.saved)?.name ?? viewName(filter.view);
}

/** How many the list holds, where the server counts them. */
function counted({ store }: App, filter: Filter): number | null {
  if (filter.saved !== null) return null;
  const isWhole = filter.inbox === null && filter.tag === null && filter.sort !== 'waiting';
  return isWhole && filter.view !== 'resolved' ? store.counts.value[filter.view] : null;
}

function Nothing({ filter }: { filter: Filter }): JSX.Element {
  if (filter.inbox !== null || filter.tag !== null) {
    return <Empty icon="search" title={_('Nothing here')} text={_('No conversation of this list passes the filter.')} />;
  }
  if (filter.saved !== null) {
    return <Empty icon="filter" title={_('Nothing here')} text={_('What passes the conditions of this view appears here by itself.')} />;
  }
  switch (filter.view) {
    case 'mine':
      return <Empty icon="checkCircle" title={_('All done')} text={_('Nothing is assigned to you. Unassigned conversations are one list further.')} />;
    case 'unassigned':
      return <Empty icon="checkCircle" title={_('Nobody is waiting')} text={_('New conversations appear here the moment somebody writes.')} />;
    case 'pending':
      return <Empty icon="clock" title={_('Nothing is pending')} text={_('Conversations in which somebody else has the next word stay here.')} />;
    case 'snoozed':
      return <Empty icon="moon" title={_('Nothing is asleep')} text={_('Snoozed conversations come back by themselves, or when the contact writes.')} />;
    case 'resolved':
      return <Empty icon="checkCircle" title={_('Nothing resolved yet')} text={_('What you resolve stays here and can be searched.')} />;
    case 'all':
      return <Empty icon="inbox" title={_('No open conversations')} text={_('New conversations appear here the moment somebody writes.')} />;
  }
}

export function Skeleton(): JSX.Element {
  return (
    <div class="rows__skeleton" aria-hidden="true">
      {Array.from({ length: 8 }, (_unused, index) => (
        <div key={index} class="row-skeleton"><span class="skeleton" /><span class="skeleton" /><span class="skeleton" /></div>
      ))}
    </div>
  );
}

/** When rows come in above what is being read, what is being read stays in place. */
function useAnchor(virtual: Virtual, ids: readonly string[]): void {
  const anchor = useRef<{ id: string; top: number } | null>(null);
  useLayoutEffect(() => {
    const box = virtual.box.current;
    if (!box) return;
    const held = anchor.current;
    const index = held ? ids.indexOf(held.id) : -1;
    if (held && index >= 0 && box.scrollTop > 0) box.scrollTop += index * virtual.rowHeight - held.top;
    const first = ids[Math.ceil(box.scrollTop / virtual.rowHeight)];
    anchor.current = first === undefined ? null : { id: first, top: ids.indexOf(first) * virtual.rowHeight };
  }, [ids, virtual.rowHeight, virtual.scrollTop]);
}

interface Holding {
  onScroll: () => void;
  onPointerEnter: (event: PointerEvent) => void;
  onPointerLeave: () => void;
}

/** While the pointer rests on the list, or it is scrolled away from its top, nothing moves. */
function useHolding(virtual: Virtual): Holding {
  const { list } = useApp();
  const release = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isAtTop = (): boolean => (virtual.box.current?.scrollTop ?? 0) <= virtual.rowHeight;
  return {
    onScroll: () => {
      virtual.onScroll();
      if (!isAtTop()) list.hold();
      else if (!virtual.box.current?.matches(':hover')) list.release();
    },
    onPointerEnter: (event) => {
      clearTimeout(release.current);
      if (event.pointerType === 'mouse') list.hold();
    },
    onPointerLeave: () => {
      release.current = setTimeout(() => { if (isAtTop()) list.release(); }, RELEASE_MS);
    },
  };
}

/** Instead of rows: a skeleton, a fault, or the good news that there is nothing to do. */
function Instead({ isEmpty }: { isEmpty: boolean }): JSX.Element | null {
  const { list } = useApp();
  const isLate = useLate(!list.isKnown.value && !list.failed.value);
  if (isLate) return <Skeleton />;
  if (!isEmpty && list.failed.value) {
    return (
      <p class="rows__rest" role="status">
        {_('The rest of the list could not be fetched.')}{' '}
        <button type="button" class="button button--link" onClick={() => void list.more()}>{_('Try again')}</button>
      </p>
    );
  }
  if (!isEmpty) return null;
  if (list.failed.value) {
    return (
      <Empty icon="warn" title={_('The list could not be fetched')}>
        <button type="button" class="button" onClick={() => void list.refresh()}>{_('Try again')}</button>
      </Empty>
    );
  }
  return list.isKnown.value && !list.loading.value ? <Nothing filter={list.filter.value} /> : null;
}

function Pill({ onClick }: { onClick: () => void }): JSX.Element | null {
  const waiting = useApp().list.waiting.value;
  if (waiting === 0) return null;
  return (
    <button type="button" class="pill rows__pill" onClick={onClick}>
      <Icon name="down" size={14} />
      {ngettext('%(count)s new conversation', '%(count)s new conversations', waiting, { count: number(waiting) })}
    </button>
  );
}

function Rows(): JSX.Element {
  const app = useApp();
  const { list, cursor, store } = app;
  const ids = list.shown.value;
  const filter = list.filter.value;
  const selected = cursor.id.value;
  const virtual = useVirtual(ids.length, ROW_REM);
  const holding = useHolding(virtual);
  const size = list.isComplete.value ? ids.length : (counted(app, filter) ?? -1);
  useAnchor(virtual, ids);
  useEffect(() => {
    if (virtual.end >= ids.length - AHEAD && !list.failed.value) void list.more();
  }, [virtual.end, ids.length, list.loading.value]);
  useLayoutEffect(() => {
    if (selected !== null) virtual.reveal(ids.indexOf(selected));
  }, [selected]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Home' && event.key !== 'End') return;
    const id = event.key === 'Home' ? ids[0] : ids.at(-1);
    if (id !== undefined) app.open(id, 'replace');
    event.preventDefault();
  };
  return (
    <>
      <Pill onClick={() => { list.release(); virtual.box.current?.scrollTo({ top: 0 }); }} />
      <div
        class="rows" ref={virtual.box} role="listbox" tabIndex={0} aria-label={listName(app, filter)} aria-busy={list.loading.value}
        {...(selected !== null && ids.includes(selected) ? { 'aria-activedescendant': `row-${selected}` } : {})}
        {...holding}
        onKeyDown={onKeyDown}
      >
        <div class="rows__all" role="presentation" style={{ blockSize: `${ids.length * virtual.rowHeight}px` }}>
          {ids.slice(virtual.start, virtual.end).map((id, offset) => {
            const row = store.row(id);
            const index = virtual.start + offset;
            return row && (
              <Row
                key={id} row={row} index={index} size={size} top={index * virtual.rowHeight}
                isSelected={id === selected} isGone={list.isGone(row)}
              />
            );
          })}
        </div>
      </div>
      <Instead isEmpty={ids.length === 0} />
    </>
  );
}

function Filters(): JSX.Element | null {
  const { list, router, boot } = useApp();
  const filter = list.filter.value;
  if (filter.inbox === null && filter.tag === null) return null;
  const inbox = boot.inboxes.find((one) => one.id === filter.inbox)?.name;
  const drop = (change: Partial<Filter>): void => { router.go({ filter: { ...filter, ...change } }); };
  const chip = (label: string, change: Partial<Filter>): JSX.Element => (
    <button type="button" class="chip" onClick={() => { drop(change); }} title={_('Remove this filter')}>
      <bdi class="truncate">{label}</bdi><Icon name="close" size={13} />
      <span class="visually-hidden">{_('Remove this filter')}</span>
    </button>
  );
  return (
    <p class="list__filters">
      {inbox !== undefined && chip(inbox, { inbox: null })}
      {filter.tag !== null && chip(filter.tag, { tag: null })}
    </p>
  );
}

export function sortName(sort: Sort): string {
  return {
    newest: _('Newest activity first'), waiting: _('Longest waiting first'), oldest: _('Oldest first'), priority: _('Highest priority first'),
  }[sort];
}

/** In which order the list is; each list keeps its own. */
function Order(): JSX.Element {
  const app = useApp();
  const isOpen = app.menu.value === 'sort';
  const { sort } = app.list.filter.value;
  const close = (): void => { if (app.menu.peek() === 'sort') app.menu.value = null; };
  return (
    <span class="opener opener--sort" data-opens="sort">
      <IconButton icon="sort" label={_('Order: %(order)s', { order: sortName(sort) })} expanded={isOpen} onClick={() => { app.menu.value = isOpen ? null : 'sort'; }} />
      {isOpen && (
        <Picker
          label={_('Order')} placeholder={_('Order…')} onClose={close}
          options={(Object.keys(SORTS) as Sort[]).map((one) => ({ id: one, label: sortName(one), isChecked: one === sort, run: () => { app.sortBy(one); } }))}
        />
      )}
    </span>
  );
}

export function ListView(): JSX.Element {
  const app = useApp();
  const { list, router, search, overlay } = app;
  const filter = list.filter.value;
  const isSearching = router.route.value.search !== null;
  const total = counted(app, filter);
  const saved = app.views.find(filter.saved);
  return (
    <section class="list" aria-label={_('Conversations')}>
      <header class="list__header">
        <IconButton class="list__nav" icon="menu" label={_('Lists and menu')} onClick={() => { overlay.value = 'nav'; }} />
        <h1 class="list__title truncate"><bdi>{listName(app, filter)}</bdi></h1>
        {total !== null && <span class="count count--quiet">{number(total)}</span>}
        <span class="grow" />
        {saved && (!saved.is_shared || app.can('settings:write')) && (
          <IconButton class="list__edit" icon="pencil" label={_('Edit this view')} onClick={() => { app.editView(saved); }} />
        )}
        <Order />
      </header>
      <form
        class="list__search" role="search"
        onSubmit={(event) => { event.preventDefault(); void search.ask(); }}
      >
        <Icon name="search" size={16} />
        <input
          id="search" class="input" type="search" dir="auto" autoComplete="off" enterKeyHint="search"
          placeholder={_('Search all conversations')} aria-label={_('Search all conversations')}
          value={router.route.value.search ?? ''}
          onInput={(event) => { router.go({ search: event.currentTarget.value || null }, 'replace'); }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            router.go({ search: null }, 'replace');
            event.currentTarget.blur();
          }}
        />
      </form>
      {!isSearching && <Filters />}
      <div class="list__body">{isSearching ? <SearchResults /> : <Rows />}</div>
    </section>
  );
}
