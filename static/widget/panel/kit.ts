// What the second half of the panel uses of the first. The build turns its imports of these modules into reads of this
// list, so a name that is missing here fails the build of the second half.
import { gettext, ngettext } from '../../shared/i18n.ts';
import { newId } from '../../shared/ids.ts';
import { CommandError } from '../../shared/transport.ts';
import { cell } from './cell.ts';
import { conversation, outbox, ready, transport } from './client.ts';
import { config } from './config.ts';
import { keep, post } from './host.ts';
import { Fragment, jsx, jsxs } from './jsx.ts';
import { authorize, request } from './session.ts';
import { chime, isMuted, setMuted } from './sound.ts';
import {
  announcement, contact, conversations, current, draft, earlier, forms, inbox, isAway, isChat, isOpen, messages,
  page, refusal, state, waiting,
} from './state.ts';
import { store, stored } from './storage.ts';
import { openChat } from './switch.ts';
import { hear } from './typing.ts';
import { send, takeFocus } from './views/composer.tsx';
import { Icon } from './views/icon.tsx';

/** An object and not the module itself, which would be built as a getter for every name. */
export const kit = {
  announcement, authorize, cell, chime, CommandError, config, contact, conversation, conversations,
  current, draft, earlier, forms, Fragment, gettext, hear, Icon, inbox, isAway, isChat, isMuted, isOpen, jsx, jsxs, keep,
  messages, newId, ngettext, openChat, outbox, page, post, ready, refusal, request, send, setMuted, state, store, stored, takeFocus, transport,
  waiting,
};
