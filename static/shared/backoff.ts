// When to try again: full jitter (every client picks its own moment), so that a restart is not followed by a stampede.

const FIRST = 500;
const LAST = 30_000;

/** Milliseconds before attempt number `attempt` (0 is the first), at random below a ceiling that doubles. */
export function delayBefore(attempt: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(LAST, FIRST * 2 ** attempt));
}
