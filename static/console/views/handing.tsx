// One dialog for working on a conversation with others: hand it over to a person or a team, or invite and stay in.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { number } from '../../shared/format.ts';
import { _, ngettext } from '../../shared/i18n.ts';
import { folded } from '../../shared/fold.ts';
import { targets } from '../state/handing.ts';
import type { Target, Way } from '../state/handing.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Dialog } from './sheets.tsx';
import { Avatar, availabilityName, IconButton, Presence } from './small.tsx';

const MOST = 10_000;
/** More than so many are worth a field to find one. */
const MANY = 7;

function Ways(): JSX.Element {
  const { handing } = useApp().together;
  const choose = (way: Way): void => {
    handing.way.value = way;
    handing.target.value = null;
    handing.problem.value = '';
  };
  const one = (way: Way, label: string): JSX.Element => (
    <label class="hand__way">
      <input type="radio" name="way" checked={handing.way.value === way} onChange={() => { choose(way); }} />
      <span>{label}</span>
    </label>
  );
  return (
    <div class="hand__ways" role="radiogroup" aria-label={_('What to do')}>
      {one('transfer', _('Hand over'))}
      {one('invite', _('Invite, and stay in'))}
    </div>
  );
}

function about({ kind, online, availability }: Target): string {
  if (kind === 'operator') return availability && availability !== 'online' ? availabilityName(availability) : '';
  return online > 0 ? ngettext('%(count)s online', '%(count)s online', online, { count: number(online) }) : _('Nobody is here');
}

function Targets({ all }: { all: readonly Target[] }): JSX.Element {
  const { handing } = useApp().together;
  const [text, setText] = useState('');
  const shown = all.filter(({ name }) => folded(name).includes(folded(text.trim())));
  return (
    <div class="field">
      {all.length > MANY && (
        <input
          class="input" type="search" dir="auto" autoComplete="off" aria-label={_('Find a person or a team')} placeholder={_('Find a person or a team…')}
          value={text} onInput={(event) => { setText(event.currentTarget.value); }}
        />
      )}
      <div class="hand__list" role="radiogroup" aria-label={_('To whom')}>
        {shown.map((one) => (
          <label key={one.id} class="hand__one">
            <input type="radio" name="target" disabled={one.isAway} checked={handing.target.value?.id === one.id} onChange={() => { handing.target.value = one; }} />
            {one.kind === 'team' ? <Icon name="people" size={20} /> : <Avatar name={one.name} seed={one.id} size="small" />}
            {one.availability && <Presence availability={one.availability} />}
            <bdi class="grow truncate">{one.name}</bdi>
            <span class="faint small nowrap">{about(one)}</span>
          </label>
        ))}
        {shown.length === 0 && <p class="menu__label">{all.length ? _('Nothing found') : _('You are the only one here.')}</p>}
      </div>
    </div>
  );
}

/** What will happen, before it does. */
function consequence(way: Way, target: Target | null): string {
  if (way === 'invite') return _('They are told, and can read and answer at once. The conversation stays with whoever has it.');
  if (target?.kind === 'team') return _('Everybody in the team is told, and the conversation waits there for whoever takes it.');
  return _('They have 30 seconds to accept. If they do not, it stays with you, and you are told.');
}

export function HandingSheet(): JSX.Element | null {
  const app = useApp();
  const form = useRef<HTMLFormElement>(null);
  // After the dialog has opened, which gives the focus to its first button.
  useEffect(() => { form.current?.querySelector<HTMLInputElement>('.hand__list input:not(:disabled)')?.focus(); }, []);
  const { boot, desk, store, together: { handing } } = app;
  const row = desk.row.value;
  if (!row) return null;
  const way = handing.way.value;
  const target = handing.target.value;
  const close = (): void => { app.sheet.value = null; };
  const send = (): void => void handing.send(row.id).then((done) => { if (done) close(); });
  const label = _('Hand over or invite');
  return (
    <Dialog label={label} class="">
      <form ref={form} onSubmit={(event) => { event.preventDefault(); send(); }}>
        <header class="dialog__header">
          <h2 class="truncate">{label}</h2>
          <IconButton icon="close" label={_('Close')} onClick={close} />
        </header>
        <div class="dialog__body form">
          <Ways />
          <Targets key={way} all={targets(way, store.operators.value, boot.teams, store.me, row.operator?.id ?? null)} />
          <label class="field">
            <span class="field__label">{_('Private note')} <span class="faint">{_('(optional)')}</span></span>
            <textarea
              class="input" rows={3} dir="auto" maxLength={MOST} value={handing.note.value} placeholder={_('What should they know?')}
              onInput={(event) => { handing.note.value = event.currentTarget.value; }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                send();
              }}
            />
            <span class="field__hint">{consequence(way, target)}</span>
          </label>
          {handing.problem.value && <p class="field__error" role="alert">{handing.problem.value}</p>}
        </div>
        <footer class="dialog__footer">
          <button type="button" class="button" onClick={close}>{_('Cancel')}</button>
          <button type="submit" class="button button--primary" disabled={!target || handing.isSending.value}>
            <Icon name={way === 'invite' ? 'plus' : 'swap'} size={16} />{way === 'invite' ? _('Invite') : _('Hand over')}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
