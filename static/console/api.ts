// The REST API, the same that developers use; the session cookie and the CSRF token are this page's key to it.
import type { Attachment, Problem } from '../shared/types.ts';

export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  /** No answer at all, or the server asked to come back: trying again later may work. */
  get isTemporary(): boolean {
    const { code, status } = this.problem;
    return code === 'offline' || code === 'too_many_requests' || (status ?? 0) >= 500;
  }
}

export interface Page<T> {
  results: T[];
  next: string | null;
}

export interface Upload {
  done: Promise<Attachment>;
  cancel: () => void;
}

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export class Api {
  readonly #root: string;
  readonly #token: string;

  /** `root`: path of the API, with its slash; `token`: CSRF token of this session. */
  constructor(root: string, token: string) {
    this.#root = root;
    this.#token = token;
  }

  get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
    }
    const tail = search.size ? `?${search.toString()}` : '';
    return this.#ask<T>('GET', `${path}${tail}`, undefined, signal);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.#ask<T>('POST', path, body);
  }

  put<T>(path: string, body: object): Promise<T> {
    return this.#ask<T>('PUT', path, body);
  }

  patch<T>(path: string, body: object): Promise<T> {
    return this.#ask<T>('PATCH', path, body);
  }

  async remove(path: string): Promise<void> {
    await this.#ask('DELETE', path);
  }

  /** Send a file; `progress` hears 0 to 1. XMLHttpRequest, since fetch cannot tell how much has gone out. */
  upload(file: File, conversationId: string, progress: (share: number) => void): Upload {
    const request = new XMLHttpRequest();
    const done = new Promise<Attachment>((resolve, reject) => {
      request.open('POST', this.#url('attachments'));
      request.setRequestHeader('Accept', 'application/json');
      request.setRequestHeader('X-CSRFToken', this.#token);
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) progress(event.loaded / event.total);
      };
      request.onload = () => {
        const answer = parsed(request.responseText);
        if (request.status < 300) resolve(answer as Attachment);
        else reject(new ApiError(problemOf(answer, request.status)));
      };
      request.onerror = request.ontimeout = () => {
        reject(new ApiError(OFFLINE));
      };
      request.onabort = () => {
        reject(new ApiError({ code: 'cancelled', detail: '' }));
      };
      const form = new FormData();
      form.append('conversation_id', conversationId);
      form.append('file', file, file.name);
      request.send(form);
    });
    return { done, cancel: () => { request.abort(); } };
  }

  #url(path: string): string {
    return path.startsWith('/') ? path : `${this.#root}${path}`;
  }

  async #ask<T>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (method !== 'GET') {
      headers['Content-Type'] = 'application/json';
      headers['X-CSRFToken'] = this.#token;
    }
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.#url(path), {
        method, headers, credentials: 'same-origin',
        ...(body ? { body: JSON.stringify(body) } : {}), ...(signal ? { signal } : {}),
      });
      text = await response.text();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new ApiError(OFFLINE);
    }
    const answer = parsed(text);
    if (!response.ok) throw new ApiError(problemOf(answer, response.status));
    return answer as T;
  }
}

const OFFLINE: Problem = { code: 'offline', detail: '', status: 0 };

function parsed(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** RFC 9457, or what a proxy in between made of it. */
function problemOf(answer: unknown, status: number): Problem {
  if (answer && typeof answer === 'object' && 'code' in answer) return { ...(answer as Problem), status };
  return { code: status === 403 ? 'permission_denied' : 'unavailable', detail: '', status };
}
