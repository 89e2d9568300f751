// The outbox in IndexedDB: one record a message, so that two tabs never overwrite each other's.
import { outboxName } from '../../shared/leftovers.ts';
import type { Entry, OutboxStorage } from '../../shared/outbox.ts';

const STORE = 'outbox';

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => { resolve(request.result); };
    request.onerror = () => { reject(request.error ?? new Error('IndexedDB')); };
  });
}

/** Rejects where there is none to be had: some browsers throw, some only fail. */
async function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE, { keyPath: 'client_id' });
  };
  return await asked(request);
}

export interface KeptOutbox extends OutboxStorage {
  /** Whether what is kept outlives the page. */
  isLasting: () => boolean;
}

/** `owner`: tenant and operator. Where the browser refuses a database, the outbox lives as long as the page. */
export function outboxStorage(owner: string): KeptOutbox {
  let database: Promise<IDBDatabase | null> | undefined;
  let mine = new Set<string>();
  let isLasting = false;
  const opened = (): Promise<IDBDatabase | null> =>
    (database ??= open(outboxName(owner)).then(
      (db) => {
        isLasting = true;
        // Somebody logs out in another tab.
        db.onversionchange = () => {
          db.close();
          database = Promise.resolve(null);
          isLasting = false;
        };
        return db;
      },
      () => null,
    ));
  return {
    isLasting: () => isLasting,
    async load() {
      const db = await opened();
      if (!db) return [];
      const entries = await asked(db.transaction(STORE).objectStore(STORE).getAll() as IDBRequest<Entry[]>);
      mine = new Set(entries.map((entry) => entry.client_id));
      return entries.sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
    },
    async save(entries) {
      const now = new Set(entries.map((entry) => entry.client_id));
      const gone = [...mine].filter((id) => !now.has(id));
      mine = now;
      if (!now.size && !gone.length) return;
      const db = await opened();
      if (!db) return;
      const store = db.transaction(STORE, 'readwrite').objectStore(STORE);
      for (const entry of entries) store.put(entry);
      for (const id of gone) store.delete(id);
    },
  };
}
