import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../static/console/api.ts';
import type { Api } from '../../../static/console/api.ts';
import type { Macro } from '../../../static/console/boot.ts';
import { Macros } from '../../../static/console/state/macros.ts';

const LATE: Macro = {
  id: 'm1', name: 'Late parcel', note: '', tags: ['late'], priority: '', assigns: 'me', to_operator_id: null, to_team_id: null,
  reply: 'Dear {{contact.first_name}}, it is on its way.', status: 'pending', snooze_hours: 24,
};

function desk(answers: (object | Error)[]): { macros: Macros; sent: [string, Record<string, unknown>][] } {
  const sent: [string, Record<string, unknown>][] = [];
  const post = (path: string, body: Record<string, unknown>): Promise<unknown> => {
    sent.push([path, body]);
    const answer = answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { macros: new Macros({ post } as unknown as Api), sent };
}

describe('a macro', () => {
  it('is shown with its texts filled in, and says what they were changed to', async () => {
    const { macros, sent } = desk([{ id: 'c1' }]);
    macros.choose(LATE, 'c1', { 'contact.first_name': 'Vera' });
    expect(macros.reply.value).toBe('Dear Vera, it is on its way.');
    macros.reply.value = ' Dear Vera, tomorrow. ';
    expect(await macros.run()).toEqual({ id: 'c1' });
    expect(sent.map(([path, body]) => [path, body['macro_id'], body['reply'], body['note']])).toEqual([
      ['conversations/c1/macro', 'm1', 'Dear Vera, tomorrow.', ''],
    ]);
    expect(macros.chosen.value).toBeNull();
  });

  it('that was refused keeps its texts and is tried again as the same one', async () => {
    const { macros, sent } = desk([new ApiError({ code: 'offline', detail: '', status: 0 }), { id: 'c1' }]);
    macros.choose(LATE, 'c1', {});
    macros.reply.value = 'Tomorrow.';
    expect(await macros.run()).toBeNull();
    expect([macros.problem.value === '', macros.reply.value, macros.isRunning.value]).toEqual([false, 'Tomorrow.', false]);
    await macros.run();
    expect(sent[0]?.[1]['client_id']).toBe(sent[1]?.[1]['client_id']);
  });
});
