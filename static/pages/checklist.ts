// The checklist: asks every few seconds what is done by now, while somebody looks.

import { number } from '../shared/format.ts';
import { find, type Controller } from './controller.ts';

const EVERY_MS = 3000;

interface Status {
  steps: Record<string, boolean>;
  seen_host: string;
}

export const checklist: Controller = (element) => {
  const url = element.dataset['statusUrl'];
  if (url === undefined) {
    return;
  }
  const look = async (): Promise<void> => {
    if (document.visibilityState === 'visible') {
      const status = await ask(url);
      if (status !== null) {
        show(element, status);
        if (Object.values(status.steps).every(Boolean)) {
          return;
        }
      }
    }
    setTimeout(() => void look(), EVERY_MS);
  };
  void look();
};

/** Return what the server says, or null when it cannot be reached: the next look may succeed. */
async function ask(url: string): Promise<Status | null> {
  try {
    const response = await fetch(url, { headers: { Accept: 'application/json' } });
    return response.ok ? ((await response.json()) as Status) : null;
  } catch {
    return null;
  }
}

export function show(element: HTMLElement, status: Status): void {
  for (const [key, isDone] of Object.entries(status.steps)) {
    const step = find(element, `[data-step="${key}"]`);
    if (step !== null && isDone && step.dataset['done'] !== 'true') {
      step.dataset['done'] = 'true';
      announce(element, step.dataset['title'] ?? '');
      openNext(element, step);
    }
  }
  const seen = status.steps['install'] === true;
  find(element, '[data-checklist-waiting]')?.toggleAttribute('hidden', seen);
  find(element, '[data-checklist-seen]')?.toggleAttribute('hidden', !seen);
  const host = find(element, '[data-checklist-host]');
  if (host !== null) {
    host.textContent = status.seen_host;
  }
  showProgress(element, Object.values(status.steps));
}

function showProgress(element: HTMLElement, steps: boolean[]): void {
  const done = steps.filter(Boolean).length;
  const progress = element.querySelector<HTMLProgressElement>('[data-checklist-progress]');
  if (progress !== null) {
    progress.value = done;
  }
  const count = find(element, '[data-checklist-count]');
  if (count !== null) {
    count.textContent = (count.dataset['text'] ?? '')
      .replace('{done}', number(done))
      .replace('{total}', number(steps.length));
  }
  find(element, '[data-checklist-finished]')?.toggleAttribute('hidden', done < steps.length);
}

function announce(element: HTMLElement, title: string): void {
  const news = find(element, '[data-checklist-news]');
  if (news !== null) {
    news.textContent = (news.dataset['text'] ?? '').replace('{step}', title);
  }
}

/** Fold the step that is done and open the next one that is not. */
function openNext(element: HTMLElement, done: HTMLElement): void {
  done.querySelector('details')?.removeAttribute('open');
  find(element, '[data-step][data-done="false"]')?.querySelector('details')?.setAttribute('open', '');
}
