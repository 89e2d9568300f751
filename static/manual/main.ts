// The page that explains the API: marks where one is in the contents.

import './manual.css';
import { tryOut } from './trial.ts';

/** The link to the section that is on top of the page is the current one, and stays in view. */
function follow(nav: HTMLElement): void {
  const links = new Map<string, HTMLAnchorElement>();
  for (const link of nav.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) links.set(link.hash.slice(1), link);
  const visible = new Set<string>();
  let current: HTMLAnchorElement | undefined;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) visible.add(target.id);
        else visible.delete(target.id);
      }
      // In the order of the contents: the last one that has begun is the innermost.
      const next = [...links].filter(([id]) => visible.has(id)).at(-1)?.[1];
      if (!next || next === current) return;
      current?.removeAttribute('aria-current');
      next.setAttribute('aria-current', 'true');
      if (nav.scrollHeight > nav.clientHeight) nav.scrollTop = next.offsetTop - nav.offsetTop - nav.clientHeight / 2;
      current = next;
    },
    { rootMargin: '-10% 0px -85%' },
  );
  for (const id of links.keys()) {
    const target = document.getElementById(id);
    if (target) observer.observe(target);
  }
}

const nav = document.querySelector<HTMLElement>('[data-manual-nav]');
if (nav) follow(nav);

const told = document.querySelector<HTMLElement>('[data-told]');
if (told) tryOut(told);
