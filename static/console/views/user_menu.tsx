// The operator: availability, alerts on this machine, other tenants, the way out.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { _ } from '../../shared/i18n.ts';
import type { Availability } from '../boot.ts';
import type { Preferences } from '../state/preferences.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Avatar, availabilityName, Presence } from './small.tsx';

const AVAILABILITIES: readonly Availability[] = ['online', 'away', 'offline'];

function Switches(): JSX.Element {
  const app = useApp();
  const { preferences } = app;
  const set = (change: Partial<Preferences>): void => { preferences.value = { ...preferences.peek(), ...change }; };
  const toggle = (key: 'sound' | 'notifications' | 'singleKeys' | 'enterSends', label: string): JSX.Element => (
    <label class="field field--inline user__switch">
      <span class="grow">{label}</span>
      <input
        type="checkbox" role="switch" class="switch" checked={preferences.value[key]}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          if (key !== 'notifications' || !checked) set({ [key]: checked });
          else void app.alerts.allow().then((allowed) => {
            set({ notifications: allowed });
            if (!allowed) app.notices.fail(_('Your browser does not allow notifications for this site. Its address bar has the setting.'));
          });
        }}
      />
    </label>
  );
  return (
    <>
      {toggle('sound', _('Sound'))}
      {toggle('notifications', _('Desktop notifications'))}
      {toggle('enterSends', _('Enter sends'))}
      {toggle('singleKeys', _('Single-key shortcuts'))}
      <label class="field field--inline user__switch">
        <span class="grow">{_('Appearance')}</span>
        <select
          class="input user__theme" value={preferences.value.theme}
          onChange={(event) => { set({ theme: event.currentTarget.value as Preferences['theme'] }); }}
        >
          <option value="system">{_('As the system')}</option>
          <option value="light">{_('Light')}</option>
          <option value="dark">{_('Dark')}</option>
        </select>
      </label>
    </>
  );
}

function Tenants(): JSX.Element | null {
  const { boot } = useApp();
  const others = boot.tenants.filter((tenant) => tenant.id !== boot.tenant.id);
  if (!others.length) return null;
  return (
    <>
      <div class="menu__line" />
      <p class="menu__label">{_('Switch to')}</p>
      {others.map((tenant) => (
        <form key={tenant.id} method="post" action={boot.urls.switch_tenant}>
          <input type="hidden" name="csrfmiddlewaretoken" value={boot.csrf_token} />
          <input type="hidden" name="tenant_id" value={tenant.id} />
          <button class="menu__item"><Icon name="swap" /><bdi class="truncate">{tenant.name}</bdi></button>
        </form>
      ))}
    </>
  );
}

function Panel({ close }: { close: () => void }): JSX.Element {
  const app = useApp();
  const { boot, store } = app;
  return (
    <div class="menu user__menu" role="group" aria-label={_('You and this machine')}>
      <p class="menu__label">{_('Availability')}</p>
      <div role="radiogroup" aria-label={_('Availability')}>
        {AVAILABILITIES.map((one) => (
          <button
            key={one} type="button" class="menu__item" role="radio" aria-checked={store.availability.value === one}
            onClick={() => { void app.setAvailability(one); }}
          >
            <Presence availability={one} /><span class="grow">{availabilityName(one)}</span>
            {store.availability.value === one && <Icon name="check" />}
          </button>
        ))}
      </div>
      <div class="menu__line" />
      <p class="menu__label">{_('On this machine')}</p>
      <Switches />
      <Tenants />
      <div class="menu__line" />
      <button type="button" class="menu__item" onClick={() => { close(); app.sheet.value = 'help'; }}>
        <Icon name="keyboard" /><span class="grow">{_('Keyboard shortcuts')}</span><kbd class="kbd">?</kbd>
      </button>
      <a class="menu__item" href={boot.urls.start}><Icon name="bolt" />{_('Getting started')}</a>
      <form
        method="post" action={boot.urls.logout}
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          void app.wipe().finally(() => { form.submit(); });
        }}
      >
        <input type="hidden" name="csrfmiddlewaretoken" value={boot.csrf_token} />
        <button class="menu__item"><Icon name="out" />{_('Log out')}</button>
      </form>
    </div>
  );
}

export function UserMenu(): JSX.Element {
  const { boot, store } = useApp();
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => { document.removeEventListener('pointerdown', outside); };
  }, [isOpen]);
  return (
    <div
      class="user" ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        setOpen(false);
        opener.current?.focus();
      }}
    >
      {isOpen && <Panel close={() => { setOpen(false); }} />}
      <button ref={opener} type="button" class="user__button" aria-expanded={isOpen} onClick={() => { setOpen(!isOpen); }}>
        <span class="user__avatar">
          <Avatar name={boot.operator.name} seed={boot.operator.id} />
          <Presence availability={store.availability.value} />
        </span>
        <span class="user__names">
          <bdi class="strong truncate">{boot.operator.name}</bdi>
          <span class="faint small truncate">{availabilityName(store.availability.value)}</span>
        </span>
        <Icon name="more" />
      </button>
    </div>
  );
}
