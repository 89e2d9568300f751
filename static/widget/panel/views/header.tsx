import type { VNode } from 'preact';
import { _ } from '../../../shared/i18n.ts';
import { initials } from '../../../shared/initials.ts';
import { config } from '../config.ts';
import { post } from '../host.ts';
import { current, inbox, isAway, isChat, more } from '../state.ts';
import { CLOSE, Icon } from './icon.tsx';

export function Header(): VNode {
  const operator = isChat.value ? current.value?.operator?.name : undefined;
  const { Back, Menu } = more.value ?? {};
  return (
    <header>
      {Back && <Back />}
      <span class="face" aria-hidden="true">{initials(operator ?? config.title, config.language)}</span>
      <div class="who">
        <h1 tabIndex={-1} id="title"><bdi>{operator ?? config.title}</bdi></h1>
        <p class={isAway.value ? 'status away' : 'status'}>{inbox.value && (more.value?.status() ?? '')}&nbsp;</p>
      </div>
      {Menu && <Menu />}
      {config.mode === 'frame' && (
        <button type="button" class="quiet" aria-label={_('Close chat')} onClick={() => { post({ type: 'close' }); }}>
          <Icon d={CLOSE} />
        </button>
      )}
    </header>
  );
}
