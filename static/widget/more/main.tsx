// The second half of the panel. What it shares with the first it finds ready; see panel/kit.ts.
import { addStrings } from '../../shared/i18n.ts';
import { linkify } from '../../shared/text.ts';
import type { More } from '../panel/more.ts';
import { Cards, identity, isHolding } from './cards.tsx';
import { read, take } from './events.ts';
import { AttachButton, Files, isUploading, listenForFiles, takeFiles, Uploads } from './files.tsx';
import { load, loadOlder, put } from './history.ts';
import { Menu } from './menu.tsx';
import css from './more.css?inline';
import { day, line, problem, status, time } from './words.ts';

/** Written in front of this script by the server, in the page's language. The build numbers them from 1000. */
declare const __STRINGS__: Parameters<typeof addStrings>[0];

addStrings(__STRINGS__, 1000);
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [sheet];
listenForFiles();

const more: More = {
  AttachButton,
  Cards,
  Files,
  Menu,
  Above: Uploads,
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
