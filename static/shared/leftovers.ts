// What the inbox keeps on this machine of words that were not sent. Whoever logs out leaves nothing of it behind.

/** `owner`: tenant and operator, so that two people at one machine keep theirs apart. */
export function draftsKey(owner: string): string {
  return `parley:drafts:${owner}`;
}

export function outboxName(owner: string): string {
  return `parley:outbox:${owner}`;
}

function dropped(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    // Blocked by another page: it goes as soon as that one lets go.
    request.onsuccess = request.onerror = request.onblocked = () => { resolve(); };
  });
}

/** Resolves when all of it is gone, or was never kept because the browser refuses to. */
export async function wipeLeftovers(owners: readonly string[]): Promise<void> {
  try {
    for (const owner of owners) localStorage.removeItem(draftsKey(owner));
    await Promise.all(owners.map((owner) => dropped(outboxName(owner))));
  } catch {
    // Refused: then there is nothing.
  }
}
