// What the second half of the panel uses of the first. The build turns its imports of these modules into reads of this
// list, so a name that is missing here fails the build of the second half.
import { gettext, ngettext } from '../../shared/i18n.ts';
import { newId } from '../../shared/ids.ts';
import { CommandError } from '../../shared/transport.ts';
import { cell } from './cell.ts';
import { conversation, outbox, transport } from './client.ts';
import { config } from './config.ts';
import { keep, post } from './host.ts';
import { Fragment, jsx, jsxs } from './jsx.ts';
import { authorize, request } from './session.ts';
import { chime, isMuted, setMuted } from './sound.ts';
import {
  announcement, contact, conversations, current, draft, earlier, inbox, isAway, messages, refusal, state, waiting, wantsNew,
} from './state.ts';
import { store, stored } from './storage.ts';
import { hear } from './typing.ts';
import { focusComposer, send } from './views/composer.tsx';
import { Icon } from './views/icon.tsx';

/** An object and not the module itself, which would be built as a getter for every name. */
export const kit = {
  announcement, authorize, cell, chime, CommandError, config, contact, conversation, conversations, current, draft, earlier,
  focusComposer, Fragment, gettext, hear, Icon, inbox, isAway, isMuted, jsx, jsxs, keep, messages, newId, ngettext,
  outbox, post, refusal, request, send, setMuted, state, store, stored, transport, waiting, wantsNew,
};
