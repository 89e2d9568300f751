// Who this visitor is to the server: a token for the socket and the requests, in memory only, never in an address.
import type { Problem } from '../../shared/types.ts';
import { CommandError } from '../../shared/transport.ts';
import { config } from './config.ts';
import type { Slots } from './described.ts';
import { keep } from './host.ts';
import { forms, isChat, page, refusal } from './state.ts';
import { read, stored } from './storage.ts';

let token = '';
let link = '';

/** Take the signed link out of the address, so that it is in no history, bookmark or referrer. */
export function takeLink(): void {
  link = new URLSearchParams(location.search).get('t') ?? '';
  if (!link) return;
  history.replaceState(null, '', location.pathname);
  // Whoever follows a mail wants its conversation.
  isChat.value = true;
}

/** A request as this visitor, with a body a POST. Rejects with a CommandError. */
export async function request(path: string, body?: unknown): Promise<Response> {
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { Authorization: `Bearer ${token}` } });
  } catch {
    throw new CommandError({ code: 'disconnected', detail: '' });
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  throw new CommandError({ ...problem, code: problem.code ?? 'unavailable', detail: problem.detail ?? '' });
}

/** Exchange what this browser kept (or the link it came by) for a session. A worn-out link is said to be one, once. */
export async function openSession(): Promise<void> {
  // Another tab may have been told who this is from now on.
  read();
  const fields = { handle: stored.kept.handle ?? '', link, page: page.value, language: config.language };
  try {
    const response = await request(`/widget/${config.key}/session`, fields);
    const session = (await response.json()) as { token: string; handle: string; forms: Slots };
    token = session.token;
    forms.value = session.forms;
    keep({ handle: session.handle });
  } catch (error) {
    if (!link || !isFinal(error)) throw error;
    link = '';
    refusal.value = 'expired';
    return openSession();
  }
  link = '';
}

/** Whether asking again would get the same answer. */
export function isFinal(error: unknown): boolean {
  return error instanceof CommandError && ['expired', 'not_found', 'permission_denied'].includes(error.code);
}

/** Say who this is, on a request made by other means. */
export function authorize(request: XMLHttpRequest): void {
  request.setRequestHeader('Authorization', `Bearer ${token}`);
}

export function hello(): { type: string; token: string } {
  return { type: 'hello', token };
}
