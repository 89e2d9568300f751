// Errors in the page's language: our own words for the codes we know, else the server's sentence.
import { _ } from '../../shared/i18n.ts';
import { ApiError } from '../api.ts';

function words(code: string): string | null {
  switch (code) {
    case 'offline':
    case 'disconnected':
    case 'timeout':
    case 'unavailable':
      return _('No connection to the server. Nothing was changed.');
    case 'permission_denied':
      return _('You are not allowed to do this.');
    case 'not_found':
      return _('This no longer exists.');
    case 'conflict':
      return _('Somebody else changed this in the meantime.');
    case 'too_large':
      return _('This file is too large. The limit is 20 MB, for pictures 10 MB.');
    case 'unsupported_file':
      return _('Files of this kind are not accepted.');
    case 'too_many_requests':
      return _('Too many requests. Please wait a moment.');
    case 'unauthenticated':
      return _('You have been logged out. Please log in again in another tab; nothing here is lost.');
    default:
      return null;
  }
}

/** The sentence for an error code of the socket or the API. */
export function explainCode(code: string, detail = ''): string {
  return words(code) ?? (detail || _('That did not work. Please try again.'));
}

export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return explainCode('unknown');
  const { code, detail, errors } = error.problem;
  const first = Object.values(errors ?? {})[0]?.[0];
  return first ?? explainCode(code, detail);
}
