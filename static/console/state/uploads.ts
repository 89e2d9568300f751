// Files on their way to the server while the message is still being written.
import { signal } from '@preact/signals-core';
import { newId } from '../../shared/ids.ts';
import type { Attachment } from '../../shared/types.ts';
import type { Api, Upload } from '../api.ts';
import { ApiError } from '../api.ts';
import { explain, explainCode } from './explain.ts';

export interface Upcoming {
  id: string;
  conversation: string;
  mode: string;
  file: File;
  /** 0 to 1. */
  progress: number;
  error: string | null;
  /** A local address of a picture, for the thumbnail. */
  preview: string | null;
}

const MOST_BYTES = 20_000_000;

export class Uploads {
  readonly list = signal<readonly Upcoming[]>([]);
  readonly #api: Api;
  readonly #under = new Map<string, Upload>();
  readonly #onDone: (upcoming: Upcoming, attachment: Attachment) => void;

  /** `onDone`: the file is on the server and goes into the draft of its conversation. */
  constructor(api: Api, onDone: (upcoming: Upcoming, attachment: Attachment) => void) {
    this.#api = api;
    this.#onDone = onDone;
  }

  of(conversation: string, mode: string): Upcoming[] {
    return this.list.value.filter((one) => one.conversation === conversation && one.mode === mode);
  }

  add(conversation: string, mode: string, file: File): void {
    const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
    const upcoming: Upcoming = { id: newId(), conversation, mode, file, progress: 0, error: null, preview };
    this.list.value = [...this.list.peek(), upcoming];
    if (file.size > MOST_BYTES) this.#change(upcoming.id, { error: explainCode('too_large') });
    else this.#send(upcoming);
  }

  retry(id: string): void {
    const upcoming = this.list.peek().find((one) => one.id === id);
    if (!upcoming) return;
    this.#change(id, { error: null, progress: 0 });
    this.#send(upcoming);
  }

  remove(id: string): void {
    this.#under.get(id)?.cancel();
    this.#under.delete(id);
    const gone = this.list.peek().find((one) => one.id === id);
    if (gone?.preview) URL.revokeObjectURL(gone.preview);
    this.list.value = this.list.peek().filter((one) => one.id !== id);
  }

  #send(upcoming: Upcoming): void {
    const upload = this.#api.upload(upcoming.file, upcoming.conversation, (progress) => {
      this.#change(upcoming.id, { progress });
    });
    this.#under.set(upcoming.id, upload);
    upload.done.then(
      (attachment) => {
        this.remove(upcoming.id);
        this.#onDone(upcoming, attachment);
      },
      (error: unknown) => {
        if (error instanceof ApiError && error.problem.code === 'cancelled') return;
        this.#change(upcoming.id, { error: explain(error) });
      },
    );
  }

  #change(id: string, change: Partial<Upcoming>): void {
    this.list.value = this.list.peek().map((one) => (one.id === id ? { ...one, ...change } : one));
  }
}
