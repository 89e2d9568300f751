// What the server describes for the second half to draw: conversations/inboxes/widget/described.py.

/** What a control does: the name of an action, and its argument. */
export type Act = readonly [name: string, argument?: unknown];

export interface Properties {
  readonly act?: Act;
  /** What tells whether it is pressed: a name, and its argument. */
  readonly on?: Act;
  /** A place whose children a later answer exchanges. */
  readonly slot?: string;
  /** The screen that is asked, while they are written, for the words of a field. */
  readonly ask?: string;
  readonly name?: string;
  readonly type?: string;
  /** A moment, told on the visitor's own clock. */
  readonly dateTime?: string;
  readonly [attribute: string]: unknown;
}

export type Described = string | DescribedElement;

/** Its tag and properties, then its children, which are `Described`: a tuple may not name the type it is of. */
export interface DescribedElement extends ReadonlyArray<unknown> {
  readonly 0: string;
  readonly 1: Properties;
}

/** Children by the slot they stand in. */
export type Slots = Readonly<Record<string, readonly Described[]>>;
