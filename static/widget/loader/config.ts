// The server writes this in front of the loader: what one inbox looks like.

export interface LoaderConfig {
  key: string;
  /** Where the panel lives. */
  origin: string;
  colour: string;
  /** Readable on `colour`. */
  ink: string;
  side: 'start' | 'end';
  /** The inbox's own language. */
  language: string;
  /** By language: the name of the button and of the panel. */
  texts: Readonly<Record<string, string>>;
  /** Nobody is there and this inbox would rather not be seen then. */
  hidden?: boolean;
}

declare global {
  const __PARLEY__: LoaderConfig;
}
