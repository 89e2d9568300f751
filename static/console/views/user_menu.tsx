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
  const toggle = (key: 'sound' | 'soundAgain' | 'onlyMine' | 'notifications' | 'singleKeys' | 'enterSends' | 'watch', label: string): JSX.Element => (
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
      {preferences.value.sound && toggle('soundAgain', _('Again until answered'))}
      {toggle('onlyMine', _('Only for my conversations'))}
      {toggle('notifications', _('Desktop notifications'))}
      {toggle('enterSends', _('Enter sends'))}
      {toggle('singleKeys', _('Single-key shortcuts'))}
      {app.can('conversations:watch') && toggle('watch', _('Look on unseen where colleagues answer'))}
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
          <input type="hidden" name="tenant" value={tenant.id} />
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
    <div class="menu rail__menu user__menu" role="group" aria-label={_('You and this machine')}>
      <p class="rail__who">
        <bdi class="strong truncate">{boot.operator.name}</bdi>
        <bdi class="muted small truncate">{boot.operator.email}</bdi>
      </p>
      <div class="menu__line" />
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
      <a class="menu__item" href={boot.urls.profile}><Icon name="person" />{_('Profile')}</a>
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
  const availability = store.availability.value;
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
      class="rail__me" ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        setOpen(false);
        opener.current?.focus();
      }}
    >
      {isOpen && <Panel close={() => { setOpen(false); }} />}
      <button
        ref={opener} type="button" class="rail__summary" aria-expanded={isOpen}
        aria-label={_('Menu of %(name)s, %(availability)s', { name: boot.operator.name, availability: availabilityName(availability) })}
        onClick={() => { setOpen(!isOpen); }}
      >
        <Avatar name={boot.operator.name} seed={boot.operator.id} />
        <span class={`dot dot--${availability} rail__dot`} />
      </button>
    </div>
  );
}
