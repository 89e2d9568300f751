// The way to the other pages: the same rail as beside them (templates/parts/rail.html), with a menu that is alive.
import type { JSX } from 'preact';
import { _ } from '../../shared/i18n.ts';
import { Bell } from './bell.tsx';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { UserMenu } from './user_menu.tsx';

function Logo(): JSX.Element {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="logo__ground" width="32" height="32" rx="8" />
      <path class="logo__bubble" d="M8 11.5A3.5 3.5 0 0 1 11.5 8h9a3.5 3.5 0 0 1 3.5 3.5v5a3.5 3.5 0 0 1-3.5 3.5H16l-4.5 4v-4A3.5 3.5 0 0 1 8 16.5v-5Z" />
      <circle class="logo__ground" cx="13" cy="14" r="1.4" />
      <circle class="logo__ground" cx="19" cy="14" r="1.4" />
    </svg>
  );
}

function Place({ href, icon, label, isCurrent }: { href: string; icon: IconName; label: string; isCurrent?: boolean }): JSX.Element {
  return (
    <a class="rail__link" href={href} {...(isCurrent ? { 'aria-current': 'page' as const } : {})}>
      <Icon name={icon} />
      <span>{label}</span>
    </a>
  );
}

export function Rail(): JSX.Element {
  const app = useApp();
  const { urls } = app.boot;
  return (
    <header class="rail">
      <a class="rail__logo" href={urls.inbox} aria-label="Parley"><Logo /></a>
      <nav class="rail__nav" aria-label={_('Main')}>
        <Place href={urls.inbox} icon="inbox" label={_('Inbox')} isCurrent />
        {app.can('reports:read') && <Place href={urls.reports} icon="chart" label={_('Reports')} />}
        <Place href={urls.settings} icon="gear" label={_('Settings')} />
        {app.can('inboxes:write') && <Place href={urls.start} icon="rocket" label={_('Start')} />}
      </nav>
      <Bell />
      <UserMenu />
    </header>
  );
}
