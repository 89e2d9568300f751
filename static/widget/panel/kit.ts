// What the second half of the panel uses of the first. The build turns its imports of these modules into reads of this
// list, so a name that is missing here fails the build of the second half.
export { Fragment, jsx, jsxs } from 'preact/jsx-runtime';
export { gettext, language, ngettext, setCatalogue } from '../../shared/i18n.ts';
export { newId } from '../../shared/ids.ts';
export { CommandError } from '../../shared/transport.ts';
export { cell, derived } from './cell.ts';
export { afterChange, conversation, identify, outbox, transport } from './client.ts';
export { config } from './config.ts';
export { keep, post } from './host.ts';
export { request } from './session.ts';
export * from './state.ts';
export { forget, store, stored } from './storage.ts';
export { focusComposer } from './views/composer.tsx';
export { Icon } from './views/icon.tsx';
