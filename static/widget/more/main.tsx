// The second half of the panel. What it shares with the first it finds ready; see panel/kit.ts.
import { linkify } from '../../shared/text.ts';
import { transport } from '../panel/client.ts';
import type { More } from '../panel/more.ts';
import { Cards, identity, isHolding } from './cards.tsx';
import { read, take } from './events.ts';
import filesCss from './files.css?inline';
import { AttachButton, Files, isUploading, listenForFiles, takeFiles, Uploads } from './files.tsx';
import { load, loadOlder, put } from './history.ts';
import { kit } from './kit.ts';
import { Menu } from './menu.tsx';
import css from './more.css?inline';
import { Back, isStuck, refresh, Screen } from './way.tsx';
import { day, line, problem, status, time } from './words.ts';

/** The build's `import()` of what lies beside this script (build/apart.ts). */
declare function parleyImport(path: string): Promise<unknown>;

const sheet = new CSSStyleSheet();
sheet.replaceSync(filesCss + css);
document.adoptedStyleSheets = [sheet];
listenForFiles();
// What is fetched to be shown around the chat finds what it shares with this half beside what that shares with the first.
Object.assign((globalThis as unknown as { parleyKit: object }).parleyKit, kit);
transport.fallback = () => parleyImport('./poll.js');

const more: More = {
  AttachButton,
  Back,
  Cards,
  Files,
  Menu,
  Screen,
  Above: () => <>{isStuck() && <Screen />}<Uploads /></>,
  refresh,
  rich: (text) =>
    linkify(text).map(({ text: shown, href }) =>
      href ? <a href={href} target="_blank" rel="noopener noreferrer ugc" dir="ltr">{shown}</a> : shown,
    ),
  isHolding: () => isUploading() || isHolding(),
  identity,
  takeFiles,
  take,
  put,
  load,
  loadOlder,
  read,
  line,
  day,
  time,
  status,
  problem,
};

export default more;
