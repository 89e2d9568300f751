// What the loader (on the customer's page) and the panel (in the iframe, on our origin) tell each other. Both sides
// check origin and source; anything that is not in these unions is dropped.

export interface Page {
  url: string;
  title: string;
  referrer: string;
}

/** What the host page says of its visitor: a token that its own server signed, or something nobody can prove. */
export interface Identity {
  token?: string;
  name?: string;
  email?: string;
  phone?: string;
}

/** What the loader keeps for the panel in the first-party storage of the host page. Never a message, never a token. */
export interface Kept {
  /** Brings the visitor's history back; the server changes it. Empty: somebody else is here now, forget everything. */
  handle?: string;
  /** A conversation is under way, so the panel starts without waiting to be opened. */
  active?: boolean;
  language?: string;
  muted?: boolean;
}

export type PanelNews =
  | { type: 'init'; kept: Kept; identity: Identity; open: boolean }
  | { type: 'open' }
  /** Every few seconds: the host page may show another one without having been loaded anew. */
  | { type: 'page' }
  | { type: 'closed' }
  | { type: 'identify'; identity: Identity };

/** What the panel is told always says where it is. */
export type ToPanel = PanelNews & { page: Page };

/** Those with a `detail` are also told to the host page's own listeners (`Parley.on`). */
export type ToHost =
  | { type: 'ready' }
  | { type: 'keep'; kept: Kept }
  | { type: 'close' }
  | { type: 'unread'; detail: number }
  | { type: 'message'; detail: 'visitor' | 'operator' }
  /** `identify` was given a token that is good no more: the page may fetch another and identify again. */
  | { type: 'tokenexpired'; detail?: undefined };
