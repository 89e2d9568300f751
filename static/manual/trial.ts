// The widget on the page that explains it: buttons that call it, and what it told.
import type { ParleyWidget } from '../widget/loader/widget.d.ts';

const CALLS: Readonly<Record<string, (parley: ParleyWidget) => void>> = {
  open: (parley) => { parley.open(); },
  close: (parley) => { parley.close(); },
  hide: (parley) => { parley.hide(); },
  show: (parley) => { parley.show(); },
  identify: (parley) => { parley.identify({ name: 'Vera', email: 'vera@example.com' }); },
  setLanguage: (parley) => { parley.setLanguage(document.documentElement.lang); },
  reset: (parley) => { parley.reset(); },
  push: (parley) => { parley.push(['setLanguage', 'en'], ['open']); },
};

/** Bind the buttons of `[data-try]`, and write what is told into `[data-told]`. */
export function tryOut(told: HTMLElement): void {
  const note = (line: string): void => { told.textContent = `${told.textContent}${line}\n`; };
  // Before the widget is there, this is the list that it takes over.
  const parley = (): ParleyWidget => (window.Parley ??= []) as ParleyWidget;
  for (const { dataset } of document.querySelectorAll<HTMLElement>('[data-event]')) {
    const name = (dataset['event'] ?? 'open') as 'unread';
    parley().push(['on', name, (detail) => { note(`${name} ${String(detail ?? '')}`.trim()); }]);
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-try]')) {
    const call = CALLS[button.dataset['try'] ?? ''];
    button.addEventListener('click', () => {
      if (window.Parley && !Array.isArray(window.Parley)) call?.(window.Parley);
    });
  }
}
