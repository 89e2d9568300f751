// What the server puts into the panel's document for one inbox and one language.
import type { Catalogue } from '../../shared/i18n.ts';

export interface PanelConfig {
  key: string;
  language: string;
  /** A frame on somebody's page, or a page of its own. */
  mode: 'frame' | 'page';
  title: string;
  greeting: string;
  colour: string;
  /** Readable on `colour`. */
  ink: string;
  /** `colour`, changed as far as needed to be readable on the light and on the dark surface. */
  accent: readonly [light: string, dark: string];
  ask_identity: 'off' | 'optional' | 'required';
  offline_form: boolean;
  /** What comes first, articles or the chat; `contact_first` where it is not said. */
  help_mode?: 'help_first' | 'equal' | 'help_only';
  /** The home stands behind the chat (1), or before it (2); where nothing is said it has nothing to show. */
  home?: 1 | 2;
  /** Where the second half of the panel is fetched from. */
  more: string;
  limits: { text: number; attachments: number; file: number; image: number };
  /** Endings of the names of files, as the file dialog takes them. */
  accept: string;
  strings: Catalogue;
}

export const config = JSON.parse(document.getElementById('config')?.textContent ?? '') as PanelConfig;
