import type { VNode } from 'preact';

/** A line drawing on a 24 x 24 grid. Hidden from screen readers: the control around it has the name. */
export function Icon({ d, directional }: { d: string; directional?: boolean }): VNode {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={directional ? 'icon turned' : 'icon'}>
      <path d={d} />
    </svg>
  );
}

export const CLOSE = 'm6 9 6 6 6-6';
export const SEND = 'M12 19V5m-6 6 6-6 6 6';
export const DOWN = 'M12 5v14m-6-6 6 6 6-6';
export const CHECK = 'm5 12.5 4.5 4.5L19 7.5';
