// Line icons, 24 by 24, drawn with the colour of the text around them. Those that point along the text are mirrored.
import type { JSX } from 'preact';

const PATHS = {
  inbox: 'M3 13h5l2 3h4l2-3h5M5 5h14l2 8v6H3v-6z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20c1-4 4-5 8-5s7 1 8 5',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19c.7-3.5 3-5 6.500-5s5.800 1.500 6.500 5M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .7 3.100 2.200 3.500 4.500',
  personOff: 'M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2 20c1-4 4-5 8-5 1 0 2 .1 2.800.3M16 16l5 5M21 16l-5 5',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.500 2',
  moon: 'M20 14.500A8.500 8.500 0 1 1 9.500 4a7 7 0 0 0 10.500 10.500Z',
  check: 'M4.500 12.500l5 5 10-11',
  checks: 'M2 12.500l4.500 4.500L15 7M11 16l1.500 1L21.500 7',
  checkCircle: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.200l2.800 2.800L16 9.500',
  reopen: 'M4 12a8 8 0 1 0 2.500-5.800M4 4v4.500h4.500',
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  note: 'M5 4h14v10l-5 6H5zM14 20v-6h5',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  clip: 'M19.500 11.500l-7.800 7.800a5 5 0 0 1-7-7l8.300-8.300a3.300 3.300 0 0 1 4.700 4.700l-8 8a1.700 1.700 0 0 1-2.400-2.400L14.500 7',
  send: 'M4 12l16-8-6 16-3-6.500z',
  tag: 'M4 4h8l8.500 8.500-8 8L4 12zM8.300 8.300h.01',
  flag: 'M6 21V4M6 4.500h12l-2.500 4 2.500 4H6',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16 16l4.500 4.500',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  down: 'M6 9.500l6 6 6-6',
  menu: 'M4 6.500h16M4 12h16M4 17.500h16',
  chart: 'M5 20v-8M12 20V5M19 20v-5',
  gear: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM9 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z',
  at: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM16 8v5.500c0 1.500 1 2.500 2.300 2.500S21 14.500 21 12a9 9 0 1 0-3.500 7.100',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 21h4',
  sound: 'M4 9.500h3.500L12 6v12l-4.500-3.500H4zM15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11',
  panel: 'M4 5h16v14H4zM14.500 5v14',
  mail: 'M3.500 6h17v12h-17zM4 6.500l8 6.500 8-6.500',
  phone: 'M5 4h4l1.500 5L8 10.500a12 12 0 0 0 5.500 5.500l1.500-2.500 5 1.500v4c-9 1-16-6-15-15Z',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  keyboard: 'M3 6.500h18v11H3zM7 10.500h.01M11 10.500h.01M15 10.500h.01M18 10.500h.01M8 14h8',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  star: 'M12 4l2.500 5.200 5.500.7-4 3.900 1 5.700-5-2.800-5 2.800 1-5.700-4-3.900 5.500-.7z',
  ban: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM6 6l12 12',
  plus: 'M12 5v14M5 12h14',
  out: 'M10 4H5v16h5M9 12h11M16 8l4 4-4 4',
  swap: 'M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4',
  filter: 'M4 5h16l-6 8v6l-4-2v-4z',
  up: 'M6 14.500l6-6 6 6',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5',
  sort: 'M4 7h16M7 12h10M10 17h4',
  warn: 'M12 4l9 16H3zM12 10v4.500M12 17.300v.01',
  download: 'M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14',
  layers: 'M12 3l9 5-9 5-9-5zM3 12.5l9 5 9-5M3 17l9 5 9-5',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6z',
  rocket: 'M5 15c-1.500 1-2 5-2 5s4-.500 5-2M9 15l-2-2c1-5 5-10 13-10 0 8-5 12-10 13zM15 9h.01M9 8l-4 1-2 3h4M15 15l-1 4-3 2v-4',
  eye: 'M2.500 12C5 7.500 8 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-5.500 6.500-9.500 6.500S5 16.500 2.500 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  pencil: 'M4 20l1-4.500L16 4.500l3.500 3.500L8.500 19z',
} as const;

export type IconName = keyof typeof PATHS;

const DIRECTIONAL: readonly IconName[] = ['back', 'next', 'send', 'out', 'panel', 'menu', 'note'];

export function Icon({ name, size = 18 }: { name: IconName; size?: number }): JSX.Element {
  const strong = name === 'more' ? 2.6 : 1.75;
  return (
    <svg
      class={DIRECTIONAL.includes(name) ? 'icon icon--directional' : 'icon'}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={strong}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
