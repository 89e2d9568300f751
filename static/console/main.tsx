// The console: the operators' three-pane page.
import { render } from 'preact';
// Makes components follow the signals they read.
import '@preact/signals';
import '../shared/tokens.css';
import '../shared/controls.css';
import './console.css';
import { setLocale } from '../shared/format.ts';
import { App } from './app.ts';
import { readBoot } from './boot.ts';
import { AppContext } from './views/context.ts';
import { Root } from './views/root.tsx';

const boot = readBoot(document);
setLocale({ language: boot.language, calendar: boot.tenant.calendar || undefined });
const app = new App(boot);
const place = document.getElementById('console');
if (!place) throw new Error('The page has no place for the console.');
render(<AppContext value={app}><Root /></AppContext>, place);
app.start();
