// The lists with their counts, and the filters.
import type { ComponentChildren, JSX } from 'preact';
import { count } from '../../shared/format.ts';
import { _ } from '../../shared/i18n.ts';
import type { SavedView } from '../boot.ts';
import { VIEWS } from '../state/lists.ts';
import type { Filter, View } from '../state/lists.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { IconButton, TagDot } from './small.tsx';

export function viewName(view: View): string {
  return {
    mine: _('Mine'), unassigned: _('Unassigned'), all: _('All open'), pending: _('Pending'), snoozed: _('Snoozed'), resolved: _('Resolved'),
  }[view];
}

const ICONS: Readonly<Record<View, IconName>> = {
  mine: 'person', unassigned: 'personOff', all: 'inbox', pending: 'clock', snoozed: 'moon', resolved: 'checkCircle',
};

interface ItemProps {
  change: Partial<Filter>;
  /** The visitors instead of a list. */
  isBoard?: boolean;
  isCurrent: boolean;
  children: ComponentChildren;
}

/** A real link, so that it opens in a new tab, too. */
function Item({ change, isBoard = false, isCurrent, children }: ItemProps): JSX.Element {
  const app = useApp();
  const { router, overlay } = app;
  const { filter: before } = router.route.value;
  // Another list comes in its own order; a filter of the same list changes nothing else.
  const filter = 'view' in change || 'saved' in change ? app.filterOf(change) : { ...before, ...change };
  return (
    <li>
      <a
        href={router.href({ filter, isBoard, conversation: null, search: null })}
        {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          overlay.value = null;
          router.go({ filter, isBoard, conversation: null, search: null });
        }}
      >
        {children}
      </a>
    </li>
  );
}

function Lists(): JSX.Element {
  const { router, store, visitors } = useApp();
  const { filter, search, isBoard } = router.route.value;
  return (
    <ul class="nav__list">
      {VIEWS.map((view) => (
        <Item key={view} change={{ view }} isCurrent={filter.saved === null && filter.view === view && search === null && !isBoard}>
          <Icon name={ICONS[view]} />
          <span class="grow truncate">{viewName(view)}</span>
          {view !== 'resolved' && <span class="nav__count">{count(store.counts.value[view])}</span>}
        </Item>
      ))}
      <Item change={{}} isBoard isCurrent={isBoard}>
        <Icon name="globe" />
        <span class="grow truncate">{_('Visitors')}</span>
        <span class="nav__count">{count(visitors.total.value)}</span>
      </Item>
    </ul>
  );
}

function SavedViews(): JSX.Element {
  const app = useApp();
  const { router, views } = app;
  const { filter, search, isBoard } = router.route.value;
  return (
    <>
      <div class="nav__head">
        <h2 class="side-nav__title">{_('Views')}</h2>
        <IconButton small icon="plus" label={_('New view')} shortcut="Shift V" onClick={() => { app.editView(null); }} />
      </div>
      <ul class="nav__list">
        {views.list.value.map((view) => (
          <Item key={view.id} change={{ saved: view.id, inbox: null, tag: null }} isCurrent={filter.saved === view.id && search === null && !isBoard}>
            <ViewIcon view={view} />
            <bdi class="grow truncate">{view.name}</bdi>
            {views.counts.value[view.id] !== undefined && <span class="nav__count">{count(views.counts.value[view.id] ?? 0)}</span>}
          </Item>
        ))}
      </ul>
    </>
  );
}

/** Its emoji; else a sign that tells one's own from everybody's. */
export function ViewIcon({ view }: { view: SavedView }): JSX.Element {
  return view.icon ? <span class="nav__emoji" aria-hidden="true">{view.icon}</span> : <Icon name={view.is_shared ? 'people' : 'filter'} />;
}

function Filters(): JSX.Element {
  const { boot, router, store } = useApp();
  const { filter } = router.route.value;
  return (
    <>
      {boot.inboxes.length > 1 && (
        <>
          <h2 class="side-nav__title">{_('Inboxes')}</h2>
          <ul class="nav__list">
            {boot.inboxes.map((inbox) => {
              const isCurrent = filter.inbox === inbox.id;
              return (
                <Item key={inbox.id} change={{ inbox: isCurrent ? null : inbox.id }} isCurrent={isCurrent}>
                  <Icon name={inbox.kind === 'email' ? 'mail' : 'chat'} />
                  <bdi class="grow truncate">{inbox.name}</bdi>
                </Item>
              );
            })}
          </ul>
        </>
      )}
      {store.tags.value.length > 0 && (
        <>
          <h2 class="side-nav__title">{_('Tags')}</h2>
          <ul class="nav__list">
            {store.tags.value.map((tag) => {
              const isCurrent = filter.tag === tag.name;
              return (
                <Item key={tag.id} change={{ tag: isCurrent ? null : tag.name }} isCurrent={isCurrent}>
                  <TagDot colour={tag.colour} />
                  <bdi class="grow truncate">{tag.name}</bdi>
                </Item>
              );
            })}
          </ul>
        </>
      )}
    </>
  );
}

export function Sidebar(): JSX.Element {
  const { boot, overlay } = useApp();
  return (
    <>
      {overlay.value === 'nav' && <div class="nav__scrim" onClick={() => { overlay.value = null; }} />}
      <nav class={`nav ${overlay.value === 'nav' ? 'nav--open' : ''}`} aria-label={_('Lists')}>
        <p class="nav__brand"><bdi class="truncate">{boot.tenant.name}</bdi></p>
        <div class="nav__main side-nav">
          <Lists />
          <SavedViews />
          <Filters />
        </div>
      </nav>
    </>
  );
}
