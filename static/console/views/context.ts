import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { App } from '../app.ts';

export const AppContext = createContext<App | null>(null);

/** The app; views are never drawn without one. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('drawn outside the app');
  return app;
}
