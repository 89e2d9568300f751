// Controllers of the Django pages, each bound by `data-controller`.

import '../shared/tokens.css';
import '../shared/controls.css';
import './shell.css';
import './public.css';
import './settings.css';
import './checklist.css';
import './survey.css';
import './articles.css';

import { article } from './article.ts';
import { checklist } from './checklist.ts';
import { bindControllers } from './controller.ts';
import { copy } from './copy.ts';
import { autoSubmit, code, confirmed, currentInView, focus, submit, timeZone, unsaved } from './forms.ts';
import { hours } from './hours.ts';
import { leave } from './leave.ts';
import { lookUp } from './look_up.ts';
import { momentOf, setPageLocale } from './moments.ts';
import { popover } from './popover.ts';
import { tabs } from './tabs.ts';

setPageLocale();
bindControllers(document, {
  article,
  'auto-submit': autoSubmit,
  checklist,
  code,
  confirm: confirmed,
  copy,
  'current-in-view': currentInView,
  focus,
  hours,
  leave,
  'look-up': lookUp,
  moment: momentOf,
  popover,
  submit,
  tabs,
  'time-zone': timeZone,
  unsaved,
});
