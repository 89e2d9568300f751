// The reports: charts, filters and the live wall, each bound by `data-report`.
import './reports.css';
import { chart } from './chart.ts';
import { filters } from './filters.ts';
import { live } from './live.ts';
import type { Locale, Spec } from './spec.ts';

function localeOf(page: HTMLElement): Locale {
  const { lang, dir } = document.documentElement;
  return {
    language: lang || 'en',
    isRtl: dir === 'rtl',
    calendar: page.dataset['calendar'] ?? 'gregory',
    timeZone: page.dataset['timeZone'] ?? 'UTC',
  };
}

function start(): void {
  const page = document.getElementById('reports');
  if (!page) return;
  const locale = localeOf(page);
  const data = document.getElementById('charts')?.textContent;
  const specs = (data ? JSON.parse(data) : {}) as Record<string, Spec>;
  for (const place of page.querySelectorAll<HTMLElement>('[data-report="chart"]')) {
    const spec = specs[place.dataset['chart'] ?? ''];
    if (spec) chart(place, spec, locale);
  }
  for (const form of page.querySelectorAll<HTMLFormElement>('[data-report="filters"]')) filters(form, locale);
  for (const wall of page.querySelectorAll<HTMLElement>('[data-report="live"]')) live(wall);
}

start();
