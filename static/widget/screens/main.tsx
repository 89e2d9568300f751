// What stands around the chat: the home, articles, the list of conversations. The server describes them; nothing of what
// they say is known here. Fetched when one of them is to be shown.
import type { VNode } from 'preact';
import { _ } from '../../shared/i18n.ts';
import { acts, draw, slots, values } from '../more/draw.tsx';
import { way } from '../more/way.tsx';
import { problem } from '../more/words.ts';
import { cell } from '../panel/cell.ts';
import { ready } from '../panel/client.ts';
import { config } from '../panel/config.ts';
import type { Described, Slots } from '../panel/described.ts';
import { request } from '../panel/session.ts';
import { announcement, current, draft, isChat, isOpen, page } from '../panel/state.ts';
import { openChat } from '../panel/switch.ts';
import css from './screens.css?inline';

interface Answer {
  readonly nodes?: readonly Described[];
  readonly slots?: Slots;
}

interface Vote {
  readonly path: string;
  readonly is_helpful: boolean;
  readonly slots: Slots;
}

/** Shorter waits are better spent looking at nothing new. */
const SLOW = 300;
/** How long nobody types before what was typed is looked for. */
const PAUSE = 400;

const nodes = cell<readonly Described[]>([]);
const isSlow = cell(false);
const isFailed = cell(false);
/** Screens as they were last told: shown at once, then told anew. Articles stay as they are. */
const known = new Map<string, readonly Described[]>();
let hasLooked = false;
let pause: ReturnType<typeof setTimeout> | undefined;
let told: ReturnType<typeof setTimeout> | undefined;
let searches = 0;
let suggestedFor = '';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

function base(): string {
  return `/widget/${config.key}/${config.language}/`;
}

function place(): string {
  return way.value.at(-1) ?? 'home';
}

async function ask(path: string, query = ''): Promise<Answer> {
  await ready();
  const fields = new URLSearchParams({ query, url: page.value?.url ?? '', looked: hasLooked ? '1' : '' });
  const response = await request(`${base()}screens/${path}?${fields.toString()}`);
  return (await response.json()) as Answer;
}

/** Put the focus where one came from, or on the heading of what is new. */
function settle(from: string): void {
  queueMicrotask(() => {
    const main = document.querySelector('main');
    if (!main) return;
    main.scrollTop = 0;
    (main.querySelector<HTMLElement>(`[data-act="${from}"]`) ?? main.querySelector<HTMLElement>('[tabindex="-1"]'))?.focus();
  });
}

/** Show where one is now. `from`: what one did there before, where the focus goes; nothing when one did not move. */
async function show(from?: string): Promise<void> {
  const path = place();
  const isArticle = path.includes('/');
  hasLooked ||= isArticle;
  isFailed.value = false;
  nodes.value = known.get(path) ?? [];
  const isKnown = nodes.value.length > 0;
  if (isKnown && from !== undefined) settle(from);
  if (isKnown && isArticle) return;
  const slow = setTimeout(() => { isSlow.value = true; }, SLOW);
  let fresh: readonly Described[] | undefined;
  try {
    fresh = (await ask(path)).nodes ?? [];
    known.set(path, fresh);
  } catch {
    // Said below, unless something is shown that was known.
  }
  clearTimeout(slow);
  isSlow.value = false;
  if (path !== place()) return;
  isFailed.value = !fresh && !isKnown;
  nodes.value = fresh ?? nodes.value;
  if (!isKnown && from !== undefined) settle(from);
}

/** Look for words while they are written; what was found last stays until then. */
function look(path: string, words: string): void {
  clearTimeout(pause);
  searches += 1;
  const search = searches;
  pause = setTimeout(() => {
    ask(path, words).then(
      (answer) => {
        hasLooked ||= path === 'found' && words !== '';
        if (search === searches) slots.value = { ...slots.value, ...answer.slots };
      },
      () => {
        const again: Described = ['button', { act: ['ask', path] }, _('Try again')];
        if (path === 'found') slots.value = { ...slots.value, found: [['p', { class: 'failed', role: 'alert' }, problem('disconnected'), ' ', again]] };
      },
    );
  }, PAUSE);
}

acts['ask'] = (path: string) => { look(path, values.value['query']?.trim() ?? ''); };

acts['go'] = (path: string) => {
  way.value = isChat.value ? ['chat', path] : [...way.value, path];
  isChat.value = false;
  void show('');
};

acts['back'] = () => {
  let from = `chat,${current.value?.id ?? 'new'}`;
  if (isChat.value) {
    isChat.value = false;
  } else if (way.value.at(-2) === 'chat') {
    // An article that was looked at while writing.
    way.value = [];
    openChat();
    return;
  } else {
    from = `go,${place()}`;
    way.value = way.value.slice(0, -1);
  }
  void show(from);
};

/** Something happened to a conversation, or the panel was opened again. Many things at once are one. */
acts['refresh'] = () => {
  clearTimeout(told);
  if (!isChat.value && isOpen.value) told = setTimeout(() => void show(), SLOW);
};

acts['vote'] = ({ path, is_helpful, slots: thanks }: Vote) => {
  request(base() + path, { is_helpful }).then(
    () => {
      // The button that had the focus is gone.
      document.querySelector('main')?.focus();
      slots.value = { ...slots.value, ...thanks };
    },
    // The question stays, to be answered again.
    () => undefined,
  );
};

function Screen(): VNode {
  const again = (
    <p role="alert" class="failed">
      {problem('disconnected')} <button type="button" onClick={() => void show('')}>{_('Try again')}</button>
    </p>
  );
  const bones = isSlow.value && <div class="bones" aria-hidden="true"><i /><i /><i /></div>;
  return (
    <>
      <main class="screen" tabIndex={0} aria-labelledby="title" aria-busy={isSlow.value}>
        {isFailed.value ? again : nodes.value.length ? nodes.value.map(draw) : bones}
      </main>
      <p class="hidden" role="status">{announcement.value}</p>
    </>
  );
}

/** What may answer the message that is being written. */
function Suggestions(): VNode {
  if (draft.value !== suggestedFor) {
    suggestedFor = draft.value;
    look('typed', suggestedFor.trim());
  }
  return <section class="typed">{slots.value['typed']?.map(draw)}</section>;
}

if (!isChat.value) void show(document.activeElement === document.body ? '' : undefined);

export default function Around(): VNode {
  return isChat.value ? <Suggestions /> : <Screen />;
}
