// The wall asks for news every few seconds while somebody looks at it, and says when none come.
import { html } from './svg.ts';

const EVERY = 4000;
const PATIENCE = 8000;

interface Person {
  id: string;
  name: string;
  availability: string;
  availability_label: string;
  active: string;
  share: number;
  waiting: string;
  is_waited_for: boolean;
}

interface Wall {
  alert: boolean;
  texts: Record<string, string>;
  operators: Person[];
}

export function live(root: HTMLElement): void {
  const url = root.dataset['url'];
  const page = root.closest<HTMLElement>('#reports');
  const stale = page?.querySelector<HTMLElement>('[data-stale]');
  if (!url || !page) return;
  let timer = 0;
  const ask = async (): Promise<void> => {
    try {
      const answer = await fetch(url, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status === 401 || answer.status === 403 || answer.redirected) {
        window.location.reload();
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      show(page, (await answer.json()) as Wall);
      if (stale) stale.hidden = true;
    } catch {
      if (stale) stale.hidden = false;
    }
    plan();
  };
  const plan = (): void => {
    window.clearTimeout(timer);
    if (!document.hidden) timer = window.setTimeout(() => void ask(), EVERY);
  };
  document.addEventListener('visibilitychange', () => {
    window.clearTimeout(timer);
    if (!document.hidden) void ask();
  });
  plan();
}

export function show(page: HTMLElement, wall: Wall): void {
  for (const place of page.querySelectorAll<HTMLElement>('[data-text]')) {
    const text = wall.texts[place.dataset['text'] ?? ''];
    if (text !== undefined && place.textContent !== text) place.textContent = text;
  }
  page.querySelector('[data-alarm]')?.toggleAttribute('data-alert', wall.alert);
  page.querySelector('[data-operators]')?.replaceChildren(...wall.operators.map(row));
}

function row(person: Person): HTMLElement {
  const dot = html('span', { class: `dot dot--${person.availability}` });
  const share = html('progress', { class: 'progress figures__share', max: 100, value: person.share, 'aria-hidden': 'true' });
  return html('tr', { 'data-operator': person.id }, [
    html('th', { scope: 'row' }, [html('bdi', {}, [person.name])]),
    html('td', {}, [html('span', { class: 'cluster' }, [dot, html('span', {}, [person.availability_label])])]),
    html('td', { class: 'num' }, [html('span', {}, [person.active]), share]),
    html('td', { class: 'num', ...(person.is_waited_for ? { 'data-alert': '' } : {}) }, [person.waiting]),
  ]);
}
