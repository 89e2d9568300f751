// Choosing a macro, and the sheet that shows what it will do before it does it.
import type { JSX } from 'preact';
import { listed, number } from '../../shared/format.ts';
import { _, ngettext } from '../../shared/i18n.ts';
import type { Macro } from '../boot.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Picker } from './picker.tsx';
import type { MenuProps } from './pickers.tsx';
import { Dialog } from './sheets.tsx';
import { IconButton, priorityName } from './small.tsx';

const MOST = 10_000;

export function MacroMenu({ onClose }: MenuProps): JSX.Element {
  const app = useApp();
  const options = app.boot.macros.map((macro) => ({
    id: macro.id, label: macro.name, mark: <Icon name="layers" />, run: () => { app.chooseMacro(macro); },
  }));
  return <Picker label={_('Macros')} placeholder={_('Run a macro…')} options={options} onClose={onClose} />;
}

/** What a macro does besides talking, a sentence each. */
function useDeeds(macro: Macro): string[] {
  const { boot, store } = useApp();
  const person = store.operators.value.find((one) => one.id === macro.to_operator_id)?.name ?? '';
  const team = boot.teams.find((one) => one.id === macro.to_team_id)?.name ?? '';
  const assigns = {
    '': '', me: _('Assigns it to you'), nobody: _('Returns it to the queue'),
    operator: person && _('Assigns it to %(name)s', { name: person }), team: team && _('Hands it to team %(name)s', { name: team }),
  };
  const hours = ngettext('Snoozes it for %(count)s hour', 'Snoozes it for %(count)s hours', macro.snooze_hours, { count: number(macro.snooze_hours) });
  const status = { '': '', open: _('Opens it'), pending: _('Marks it as pending'), snoozed: hours, resolved: _('Resolves it') };
  return [
    macro.tags.length ? _('Adds the tags %(tags)s', { tags: listed(macro.tags) }) : '',
    macro.priority ? _('Sets the priority: %(priority)s', { priority: priorityName(macro.priority) }) : '',
    assigns[macro.assigns],
    status[macro.status],
  ].filter(Boolean);
}

function Body({ macro }: { macro: Macro }): JSX.Element {
  const app = useApp();
  const { macros } = app;
  const deeds = useDeeds(macro);
  const text = (label: string, value: typeof macros.reply, rows: number): JSX.Element => (
    <label class="field">
      <span class="field__label">{label}</span>
      <textarea class="input" rows={rows} dir="auto" maxLength={MOST} value={value.value} onInput={(event) => { value.value = event.currentTarget.value; }} />
    </label>
  );
  return (
    <form onSubmit={(event) => { event.preventDefault(); void app.runMacro(); }}>
      <header class="dialog__header">
        <h2 class="truncate"><bdi>{macro.name}</bdi></h2>
        <IconButton icon="close" label={_('Close')} onClick={() => { app.sheet.value = null; }} />
      </header>
      <div class="dialog__body form">
        {macro.note && text(_('Private note'), macros.note, 2)}
        {macro.reply && text(_('Reply'), macros.reply, 5)}
        {deeds.length > 0 && <ul class="macro__deeds">{deeds.map((deed) => <li key={deed}><Icon name="check" size={16} /><bdi>{deed}</bdi></li>)}</ul>}
        {macros.problem.value && <p class="field__error" role="alert">{macros.problem.value}</p>}
      </div>
      <footer class="dialog__footer">
        <button type="button" class="button" onClick={() => { app.sheet.value = null; }}>{_('Cancel')}</button>
        <button type="submit" class="button button--primary" autoFocus disabled={macros.isRunning.value}><Icon name="layers" size={16} />{_('Run')}</button>
      </footer>
    </form>
  );
}

export function MacroSheet(): JSX.Element | null {
  const chosen = useApp().macros.chosen.value;
  return chosen && <Dialog label={chosen.macro.name} class=""><Body macro={chosen.macro} /></Dialog>;
}
