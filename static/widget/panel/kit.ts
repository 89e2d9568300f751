// What the second half of the panel uses of the first. The build turns its imports of these modules into reads of this
// list, so a name that is missing here fails the build of the second half.
export { Fragment, jsx, jsxs } from './jsx.ts';
export { gettext, ngettext } from '../../shared/i18n.ts';
export { newId } from '../../shared/ids.ts';
export { CommandError } from '../../shared/transport.ts';
export { cell } from './cell.ts';
export { conversation, outbox, transport } from './client.ts';
export { config } from './config.ts';
export { keep, post } from './host.ts';
export { authorize, request } from './session.ts';
export {
  announcement,
  contact,
  conversations,
  current,
  draft,
  earlier,
  inbox,
  isAway,
  isOpen,
  messages,
  refusal,
  state,
  waiting,
  wantsNew,
} from './state.ts';
export { store, stored } from './storage.ts';
export { focusComposer, send } from './views/composer.tsx';
export { Icon } from './views/icon.tsx';
export { chime, isMuted, setMuted } from './sound.ts';
export { hear } from './typing.ts';
