/** Requests that are nearly right are told so; streams of one session are bounded. */
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenStreams } from '../../api/access/open-streams.ts';
import { creditInput, openTestApi, type TestApi } from './open-api.ts';

let api: TestApi;
beforeAll(async () => { api = await openTestApi(); });
afterAll(() => api.close());

describe('the preference to wait', () => {
  const start = async (prefer: string, key: string) => {
    const { secret } = await api.key();
    return api.app.inject({ method: 'POST', url: '/api/decision-services/credit-risk/cases', headers: { authorization: `Bearer ${secret}`, 'idempotency-key': key, prefer }, payload: { input: creditInput } });
  };

  it.each(['wait=abc', 'wait=', 'wait', 'wait=-1', 'wait=1.5', 'respond-async, wait=soon'])('of "%s" is refused in a sentence, and nothing is started', async (prefer) => {
    const answer = await start(prefer, `refused ${prefer}`);
    expect(answer.json()).toMatchObject({ status: 400, type: 'urn:stellwerk:problem:request-invalid', detail: expect.stringMatching(/^The header prefer must say how many seconds to wait as a whole number, for instance wait=10\./) });
  });

  it.each(['wait=0', 'respond-async', 'return=minimal; x=1, wait="0"', 'waiting=yes', 'wait-more=1'])('of "%s" is taken', async (prefer) => {
    expect((await start(prefer, `taken ${prefer}`)).statusCode).toBe(202);
  });
});

describe('event streams', () => {
  it('of one session are eight at most: the newest stay, and others keep theirs', async () => {
    await api.app.listen({ host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}/api/inbox/events`;
    const [one, other] = [await api.signIn('auditor'), await api.signIn('auditor')];
    const open = async ({ cookie }: { cookie: string }) => {
      const leave = new AbortController();
      const { body } = await fetch(url, { headers: { cookie }, signal: leave.signal });
      const reader = (body as ReadableStream<Uint8Array>).getReader();
      await reader.read();
      let ended = false;
      const end = reader.read().then(({ done }) => { ended = done; }, () => undefined);
      return { leave, end, ended: () => ended };
    };
    const others = await open(other);
    const streams = [];
    for (let count = 0; count < 10; count += 1) streams.push(await open(one));
    await Promise.all(streams.slice(0, 2).map(({ end }) => end));
    expect(streams.map(({ ended }) => ended())).toEqual([true, true, ...Array.from({ length: 8 }, () => false)]);
    expect(others.ended()).toBe(false);
    for (const { leave } of [...streams, others]) leave.abort();
  });

  it('make room when they are left', () => {
    const streams = createOpenStreams(1);
    const leave = new AbortController();
    const first = streams.admit('s', leave.signal);
    leave.abort();
    expect(first.aborted).toBe(true);
    const second = streams.admit('s', new AbortController().signal);
    expect(streams.admit('t', new AbortController().signal).aborted).toBe(false);
    expect(second.aborted).toBe(false);
    streams.admit('s', new AbortController().signal);
    expect(second.aborted).toBe(true);
    expect(streams.admit('s', AbortSignal.abort()).aborted).toBe(true);
  });
});
