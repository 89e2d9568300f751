// The sheet in which one writes to somebody first.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { _ } from '../../shared/i18n.ts';
import { useApp } from './context.ts';
import { Icon } from './icons.tsx';
import { Dialog } from './sheets.tsx';
import { IconButton } from './small.tsx';

const MOST = 10_000;

export function OutboundSheet(): JSX.Element | null {
  const app = useApp();
  const { outbound } = app;
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => { box.current?.focus(); }, []);
  const to = outbound.to.value;
  if (!to) return null;
  const isReady = outbound.text.value.trim() !== '' && !outbound.isSending.value;
  const label = _('Write to %(name)s', { name: to.name });
  return (
    <Dialog label={label} class="">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void app.sendOutbound();
        }}
      >
        <header class="dialog__header">
          <h2 class="truncate">{label}</h2>
          <IconButton icon="close" label={_('Close')} onClick={() => { app.sheet.value = null; }} />
        </header>
        <div class="dialog__body form">
          {app.boot.inboxes.length > 1 && (
            <label class="field">
              <span class="field__label">{_('Inbox')}</span>
              <select class="input" value={outbound.inboxId.value} onChange={(event) => { outbound.inboxId.value = event.currentTarget.value; }}>
                {app.boot.inboxes.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
              </select>
            </label>
          )}
          <label class="field">
            <span class="field__label">{_('Message')}</span>
            <textarea
              ref={box} class="input" rows={5} dir="auto" maxLength={MOST} lang={to.language} required value={outbound.text.value}
              aria-invalid={outbound.problem.value !== ''} aria-describedby={outbound.problem.value ? 'outbound-problem' : undefined}
              onInput={(event) => { outbound.text.value = event.currentTarget.value; }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                  event.preventDefault();
                  void app.sendOutbound();
                }
              }}
            />
            <span class="field__hint">{_('This begins a conversation of your own. They read it on the site at once, or by e-mail when they have left.')}</span>
          </label>
          {outbound.problem.value && <p id="outbound-problem" class="field__error" role="alert">{outbound.problem.value}</p>}
        </div>
        <footer class="dialog__footer">
          <button type="button" class="button" onClick={() => { app.sheet.value = null; }}>{_('Cancel')}</button>
          <button type="submit" class="button button--primary" disabled={!isReady}><Icon name="send" size={16} />{outbound.isSending.value ? _('Sending…') : _('Send')}</button>
        </footer>
      </form>
    </Dialog>
  );
}
