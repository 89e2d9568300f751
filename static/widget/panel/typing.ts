// "Is typing", both ways. A sign that is not repeated ends by itself, so a lost "stopped" does no harm.
import type { Author } from '../../shared/types.ts';
import { transport } from './client.ts';
import { current, more } from './state.ts';

const EXPIRES = 15_000;
const REPEAT = 10_000;
const IDLE = 5_000;

const timers = new Map<string, ReturnType<typeof setTimeout>>();
let saidAt = 0;
let idle: ReturnType<typeof setTimeout> | undefined;

/** Somebody types; forget it in time unless it is said again. */
export function hear(conversation_id: string, author: Author): void {
  clearTimeout(timers.get(conversation_id));
  timers.set(
    conversation_id,
    setTimeout(() => {
      more.value?.take([{ type: 'typing.stopped', conversation_id, author }]);
    }, EXPIRES),
  );
}

/** This visitor typed, or took everything back. */
export function typed(isEmpty: boolean): void {
  const conversation_id = current.value?.id;
  if (!conversation_id) return;
  clearTimeout(idle);
  if (isEmpty) {
    stopped();
    return;
  }
  if (Date.now() - saidAt > REPEAT) {
    saidAt = Date.now();
    transport.notify('typing.start', { conversation_id });
  }
  idle = setTimeout(stopped, IDLE);
}

function stopped(): void {
  if (!saidAt) return;
  saidAt = 0;
  transport.notify('typing.stop', { conversation_id: current.value?.id });
}
