// Types of the JavaScript API of Parley's widget. Save this file beside your sources; the API is explained at /docs/javascript/.

/** Who the visitor is: proven by a token that your server signed, or said without proof. */
export type ParleyIdentity =
  | { token: string }
  | { name?: string; email?: string; phone?: string };

/** What can be listened to, and what the listener is given. */
export interface ParleyEvents {
  /** The panel was opened. */
  open: undefined;
  /** The panel was closed. */
  close: undefined;
  /** How many messages the visitor has not read. */
  unread: number;
  /** A message was sent, by the visitor or by an operator. */
  message: 'visitor' | 'operator';
  /** The token given to `identify` has expired: fetch another and identify again. */
  tokenexpired: undefined;
}

export interface ParleyWidget {
  /** Open the panel. */
  open: () => void;
  /** Close the panel. */
  close: () => void;
  /** Show the launcher. */
  show: () => void;
  /** Close the panel and hide the launcher. */
  hide: () => void;
  /** Say who the visitor is. */
  identify: (who: ParleyIdentity) => void;
  /** Speak another language of the inbox: en, ar, fa, lt. */
  setLanguage: (language: string) => void;
  /** Call a function whenever something happens. */
  on: <Name extends keyof ParleyEvents>(name: Name, listener: (detail: ParleyEvents[Name]) => void) => void;
  /** Forget who was here, for the next person at this computer. */
  reset: () => void;
  /** Carry out commands, each a list of a method's name and its values: what also works before the widget is there. */
  push: (...commands: ParleyCommand[]) => void;
}

/** `['identify', { token }]`, `['open']`, ... */
export type ParleyCommand = {
  [Name in Exclude<keyof ParleyWidget, 'push'>]: [name: Name, ...values: Parameters<ParleyWidget[Name]>];
}[Exclude<keyof ParleyWidget, 'push'>];

declare global {
  interface Window {
    /** A list of commands until the widget is there. */
    Parley?: ParleyWidget | ParleyCommand[];
  }
}
