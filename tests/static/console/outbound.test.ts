import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../static/console/api.ts';
import type { Api } from '../../../static/console/api.ts';
import { Outbound } from '../../../static/console/state/outbound.ts';

const VERA = { contactId: 'c1', name: 'Vera', inboxId: 'i2', language: 'lt' };
const INBOXES = [{ id: 'i1' }, { id: 'i2' }];

/** An API that refuses so many times and then takes it. */
function answering(refusals: number): { api: Api; sent: Record<string, unknown>[] } {
  const sent: Record<string, unknown>[] = [];
  const api = {
    post(_path: string, body: Record<string, unknown>) {
      sent.push(body);
      if (sent.length <= refusals) return Promise.reject(new ApiError({ code: 'offline', detail: '', status: 0 }));
      return Promise.resolve({ id: 'new' });
    },
  };
  return { api: api as unknown as Api, sent };
}

describe('writing to somebody first', () => {
  it('goes through the inbox they came by, in their language', async () => {
    const { api, sent } = answering(0);
    const outbound = new Outbound(api);
    outbound.begin(VERA, INBOXES);
    outbound.text.value = '  Sveiki!  ';
    expect(await outbound.send()).toEqual({ id: 'new' });
    expect(sent[0]).toMatchObject({
      contact_id: 'c1', inbox_id: 'i2', language: 'lt', message: { text: 'Sveiki!', kind: 'reply' },
    });
    expect(outbound.to.value).toBeNull();
  });

  it('keeps the text when it was not taken, and makes one conversation however often it is sent', async () => {
    const { api, sent } = answering(1);
    const outbound = new Outbound(api);
    outbound.begin(VERA, INBOXES);
    outbound.text.value = 'Hello';
    expect(await outbound.send()).toBeNull();
    expect(outbound.problem.value).not.toBe('');
    outbound.begin(VERA, INBOXES);
    expect(outbound.text.value).toBe('Hello');
    expect(await outbound.send()).toEqual({ id: 'new' });
    expect(sent[0]?.['client_id']).toBe(sent[1]?.['client_id']);
    outbound.begin(VERA, INBOXES);
    expect(outbound.text.value).toBe('');
  });

  it('sends nothing twice at once, and nothing empty', async () => {
    const { api, sent } = answering(0);
    const outbound = new Outbound(api);
    outbound.begin({ ...VERA, inboxId: null }, INBOXES);
    outbound.text.value = '  ';
    expect(await outbound.send()).toBeNull();
    outbound.text.value = 'Hello';
    await Promise.all([outbound.send(), outbound.send()]);
    expect(sent.map((body) => body['inbox_id'])).toEqual(['i1']);
  });
});
