// Between the chat and what lies around it: the home, articles, other conversations. Those are fetched when first shown.
import type { ComponentType, VNode } from 'preact';
import { _ } from '../../shared/i18n.ts';
import type { ContactConversation } from '../../shared/types.ts';
import { cell } from '../panel/cell.ts';
import { config } from '../panel/config.ts';
import { conversations, current, draft, isAway, isChat, isOpen } from '../panel/state.ts';
import { openChat } from '../panel/switch.ts';
import { acts } from './draw.tsx';
import { BACK, Icon } from './icons.tsx';

/** The build's `import()` of what lies beside this script (build/apart.ts). */
declare function parleyImport(path: string): Promise<{ default: ComponentType }>;

/** The screens one came by from the home, the one in view last. */
export const way = cell<readonly string[]>([]);
const screens = cell<ComponentType | null>(null);
let fetching: Promise<void> | undefined;

async function fetchScreens(): Promise<void> {
  try {
    screens.value = (await parleyImport(config.more.replace('.', '.screens.'))).default;
  } catch {
    setTimeout(() => void fetchScreens(), 5_000);
  }
}

acts['chat'] = openChat;

export function refresh(): void {
  acts['refresh']?.(undefined as never);
}

/** What `screens.js` shows: a screen in the place of the thread, or above the composer what may answer what is written. */
export function Screen(): VNode {
  const Shown = screens.value ?? 'p';
  // Not for a panel that was only made ready.
  if (isOpen.value) fetching ??= fetchScreens();
  return <Shown />;
}

/** While the first message is written and nobody is there. */
export function isStuck(): boolean {
  return !!config.home && isAway.value && !current.value && !!draft.value;
}

function goBack(): void {
  if (acts['back']) acts['back'](undefined as never);
  else isChat.value = false;
}

function isUnread(other: ContactConversation): boolean {
  return other !== current.value && other.unread_count > 0;
}

export function Back(): VNode | null {
  if (isChat.value ? !config.home && conversations.value.length < 2 : !way.value.length) return null;
  return (
    <button type="button" class={conversations.value.some(isUnread) ? 'quiet back unread' : 'quiet back'} aria-label={_('Back')} onClick={goBack}>
      <Icon d={BACK} directional />
    </button>
  );
}
