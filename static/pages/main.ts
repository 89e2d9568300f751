// Controllers of the Django pages, each bound by `data-controller`.

import '../shared/tokens.css';
import '../shared/controls.css';
import './shell.css';
import './public.css';
import './settings.css';
import './checklist.css';

import { checklist } from './checklist.ts';
import { bindControllers } from './controller.ts';
import { copy } from './copy.ts';
import { autoSubmit, code, confirmed, focus, submit, timeZone, unsaved } from './forms.ts';
import { hours } from './hours.ts';
import { popover } from './popover.ts';

bindControllers(document, {
  'auto-submit': autoSubmit,
  checklist,
  code,
  confirm: confirmed,
  copy,
  focus,
  hours,
  popover,
  submit,
  'time-zone': timeZone,
  unsaved,
});
