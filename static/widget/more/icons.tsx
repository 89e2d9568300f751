export { Icon } from '../panel/views/icon.tsx';

export const PLUS = 'M12 5v14M5 12h14';
export const CROSS = 'm7 7 10 10M17 7 7 17';
export const FILE = 'M14 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V7zm0 0v4h4';
export const DOTS = 'M5 12h1m5.5 0h1m5.5 0h1';
export const BACK = 'm14 6-6 6 6 6';
