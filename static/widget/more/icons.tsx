export { Icon } from '../panel/views/icon.tsx';

export const PLUS = 'M12 5v14M5 12h14';
export const CROSS = 'm7 7 10 10M17 7 7 17';
export const FILE = 'M14 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V7zm0 0v4h4';
export const DOTS = 'M5 12h1m5.5 0h1m5.5 0h1';
export const GLOBE = 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c5 5 5 13 0 18-5-5-5-13 0-18';
export const BELL = 'M18 15V10a6 6 0 0 0-12 0v5l-2 3h16zm-8 6h4';
export const SAVE = 'M12 4v11m-5-4 5 5 5-5M5 20h14';
export const LEAVE = 'M14 4h5v16h-5M10 8l-4 4 4 4m-4-4h9';
