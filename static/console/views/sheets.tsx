// The help sheet and the command palette.
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { _ } from '../../shared/i18n.ts';
import { printed } from '../../shared/keys.ts';
import type { Shortcut } from '../../shared/keys.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Picker } from './picker.tsx';
import type { Option } from './picker.tsx';
import { ViewIcon } from './sidebar.tsx';
import { Avatar, IconButton } from './small.tsx';

export function Dialog({ label, class: name, children }: { label: string; class: string; children: ComponentChildren }): JSX.Element {
  const app = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => { dialog.current?.showModal(); }, []);
  const close = (): void => { app.sheet.value = null; };
  return (
    <dialog
      ref={dialog} class={`dialog ${name}`} aria-label={label} onClose={close} onCancel={close}
      onClick={(event) => { if (event.target === dialog.current) close(); }}
    >
      {children}
    </dialog>
  );
}

export function Keyed({ keys }: { keys: string }): JSX.Element {
  return <span class="keyed" dir="ltr">{printed(keys).map((key, index) => <kbd key={index} class="kbd">{key}</kbd>)}</span>;
}

function Help(): JSX.Element {
  const app = useApp();
  const listed = app.keys.all().filter((one) => one.group !== undefined);
  const groups = [...new Set(listed.map((one) => one.group ?? ''))];
  return (
    <Dialog label={_('Keyboard shortcuts')} class="dialog--wide">
      <header class="dialog__header">
        <h2>{_('Keyboard shortcuts')}</h2>
        <IconButton icon="close" label={_('Close')} onClick={() => { app.sheet.value = null; }} />
      </header>
      <div class="dialog__body help" tabIndex={0}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl class="help__list">
              {listed.filter((one) => one.group === group).map((one) => (
                <div key={one.label} class="help__one">
                  <dt>{one.label}</dt>
                  <dd>{one.keys.map((keys) => <Keyed key={keys} keys={keys} />)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function commandOf(shortcut: Shortcut, index: number): Option {
  return {
    id: `${shortcut.keys.join()}-${index}`, label: shortcut.label, group: shortcut.group ?? '', mark: <Icon name="bolt" size={16} />,
    hint: printed(shortcut.keys[0] ?? '').join(' '),
    // After the palette has closed and given the focus back.
    run: () => setTimeout(() => shortcut.run(new KeyboardEvent('keydown'))),
  };
}

function Palette(): JSX.Element {
  const app = useApp();
  const close = (): void => { app.sheet.value = null; };
  const hidden = new Set(['mod+k', 'mod+enter', 'mod+shift+enter', 'enter', 'escape']);
  const commands = app.keys.all()
    .filter((one) => one.group !== undefined && !hidden.has(one.keys[0] ?? '') && one.keys[0] !== '/')
    .map(commandOf);
  const people: Option[] = app.store.rows.value.slice(0, 200).map((row) => ({
    id: row.id, label: row.contact.name, group: _('Conversations'), mark: <Avatar name={row.contact.name} seed={row.contact.id} size="small" />,
    hint: (row.last_message?.text ?? '').slice(0, 40), run: () => { app.open(row.id); },
  }));
  const views: Option[] = app.views.list.value.map((view) => ({
    id: view.id, label: _('Go to %(view)s', { view: view.name }), group: _('Views'), mark: <ViewIcon view={view} />,
    run: () => { app.showView(view.id); },
  }));
  const search = (text: string): Option => ({
    id: 'search', label: _('Search for “%(text)s”', { text }), mark: <Icon name="search" size={16} />,
    run: () => { app.router.go({ search: text }); },
  });
  return (
    <Dialog label={_('All commands')} class="palette">
      <Picker label={_('All commands')} placeholder={_('What do you want to do?')} options={[...commands, ...views, ...people]} extra={search} extraLast onClose={close} />
    </Dialog>
  );
}

export function Sheets(): JSX.Element | null {
  const { sheet } = useApp();
  if (sheet.value === 'help') return <Help />;
  return sheet.value === 'palette' ? <Palette /> : null;
}
