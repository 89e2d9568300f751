// The outbox in IndexedDB: one record a message, so that two tabs never overwrite each other's.
import type { Entry, OutboxStorage } from '../../shared/outbox.ts';

const STORE = 'outbox';

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => { resolve(request.result); };
    request.onerror = () => { reject(request.error ?? new Error('IndexedDB')); };
  });
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE, { keyPath: 'client_id' });
  };
  return asked(request);
}

/** `owner`: tenant and operator. Where the browser refuses a database, the outbox lives as long as the page. */
export function outboxStorage(owner: string): OutboxStorage & { wipe: () => Promise<void> } {
  const name = `parley:outbox:${owner}`;
  let database: Promise<IDBDatabase | null> | undefined;
  let mine = new Set<string>();
  const opened = (): Promise<IDBDatabase | null> => (database ??= open(name).catch(() => null));
  return {
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
    async wipe() {
      mine = new Set();
      const db = await opened();
      if (db) await asked(db.transaction(STORE, 'readwrite').objectStore(STORE).clear());
    },
  };
}
