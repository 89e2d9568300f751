// The sheet in which a view is made: its conditions, how many conversations pass, its name, and whose it is.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { number } from '../../shared/format.ts';
import { _, ngettext } from '../../shared/i18n.ts';
import { SORTS } from '../state/lists.ts';
import type { Sort } from '../state/lists.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { sortName } from './list.tsx';
import { Dialog } from './sheets.tsx';
import { IconButton } from './small.tsx';
import { Rules } from './view_rules.tsx';

function Matches(): JSX.Element {
  const found = useApp().viewEditor.count.value;
  if (!found) return <span class="faint small">{_('Complete the conditions to see how many conversations pass.')}</span>;
  const count = `${number(found.count)}${found.is_more ? '+' : ''}`;
  return <span class="strong small">{ngettext('%(count)s conversation passes', '%(count)s conversations pass', found.count, { count })}</span>;
}

function About(): JSX.Element {
  const app = useApp();
  const { viewEditor: editor } = app;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => { input.current?.focus(); }, []);
  return (
    <>
      <div class="view-about">
        <label class="field view-about__icon">
          <span class="field__label">{_('Emoji')}</span>
          <input class="input" type="text" maxLength={16} value={editor.icon.value} onInput={(event) => { editor.icon.value = event.currentTarget.value; }} />
        </label>
        <label class="field grow">
          <span class="field__label">{_('Name')}</span>
          <input
            ref={input} class="input" type="text" dir="auto" maxLength={50} required value={editor.name.value}
            onInput={(event) => { editor.name.value = event.currentTarget.value; }}
          />
        </label>
        <label class="field">
          <span class="field__label">{_('Order')}</span>
          <select class="input" value={editor.sort.value} onChange={(event) => { editor.sort.value = event.currentTarget.value as Sort; }}>
            {(Object.keys(SORTS) as Sort[]).map((sort) => <option key={sort} value={sort} selected={sort === editor.sort.value}>{sortName(sort)}</option>)}
          </select>
        </label>
      </div>
      {app.can('settings:write') && (
        <label class="field field--inline">
          <input
            type="checkbox" class="switch" role="switch" checked={editor.isShared.value}
            onChange={(event) => { editor.isShared.value = event.currentTarget.checked; }}
          />
          <span>{_('Everybody sees this view')}</span>
        </label>
      )}
    </>
  );
}

/** What can be done with a view that is there already. */
function Existing(): JSX.Element | null {
  const app = useApp();
  const { viewEditor, views } = app;
  const view = views.find(viewEditor.view.value?.id ?? null);
  if (!view) return null;
  const own = views.list.value.filter((one) => one.is_shared === view.is_shared);
  const at = own.indexOf(view);
  return (
    <span class="view-existing">
      <IconButton icon="trash" label={_('Remove this view')} onClick={() => { app.sheet.value = null; void views.remove(view); }} />
      <IconButton icon="up" label={_('Further up in the list')} disabled={at <= 0} onClick={() => void views.move(view, -1)} />
      <IconButton icon="down" label={_('Further down in the list')} disabled={at >= own.length - 1} onClick={() => void views.move(view, 1)} />
    </span>
  );
}

export function ViewSheet(): JSX.Element {
  const app = useApp();
  const { viewEditor: editor } = app;
  const label = editor.view.value ? _('Edit this view') : _('New view');
  const save = async (): Promise<void> => {
    const view = await editor.save();
    if (!view) return;
    app.sheet.value = null;
    app.viewSaved(view.id);
  };
  return (
    <Dialog label={label} class="dialog--wide">
      <form
        class="view-form" noValidate
        onSubmit={(event) => { event.preventDefault(); void save(); }}
        // The single keys of the inbox mean nothing in here.
        onKeyDown={(event) => { if (event.key !== 'Escape') event.stopPropagation(); }}
      >
        <header class="dialog__header">
          <h2 class="truncate">{label}</h2>
          <IconButton icon="close" label={_('Close')} onClick={() => { app.sheet.value = null; }} />
        </header>
        <div class="dialog__body view-form__body">
          <About />
          <Rules />
          {editor.problem.value && <p class="field__error" role="alert">{editor.problem.value}</p>}
        </div>
        <footer class="dialog__footer view-form__footer">
          <Existing />
          <span class="grow" role="status"><Matches /></span>
          <button type="button" class="button" onClick={() => { app.sheet.value = null; }}>{_('Cancel')}</button>
          <button type="submit" class="button button--primary" disabled={editor.isSaving.value}><Icon name="check" size={16} />{_('Save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}
