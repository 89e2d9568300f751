import { expect, it } from 'vitest';
import { show } from '../../../static/analytics/live.ts';

it('puts texts into their places and people into their rows', () => {
  const page = document.createElement('div');
  for (const name of ['waiting', 'other']) {
    const place = document.createElement('span');
    place.dataset['text'] = name;
    place.textContent = 'before';
    page.append(place);
  }
  const alarm = document.createElement('div');
  alarm.dataset['alarm'] = '';
  const people = document.createElement('tbody');
  people.dataset['operators'] = '';
  page.append(alarm, people);

  show(page, {
    alert: true,
    texts: { waiting: '3' },
    operators: [{
      id: '1', name: '<b>Alice</b>', availability: 'online', availability_label: 'Online', active: '2 of 4', share: 50,
      waiting: '1', is_waited_for: true,
    }],
  });

  expect([...page.querySelectorAll('[data-text]')].map((place) => place.textContent)).toEqual(['3', 'before']);
  expect(alarm.hasAttribute('data-alert')).toBe(true);
  expect([...people.querySelectorAll('th, td')].map((cell) => cell.textContent)).toEqual(['<b>Alice</b>', 'Online', '2 of 4', '1']);
  expect(people.querySelector('progress')?.value).toBe(50);
});
