// The in-process fetch: what it hands on, what it hands back, and how it treats a client that goes away.
import { describe, expect, it } from 'vitest';
import type { RestRequest, RestResponse } from '../../../engine/rest/contract.ts';
import { createFetch } from '../../../engine/rest/fetch.ts';

function recording(answer: RestResponse = { status: 204, headers: {}, body: undefined }) {
  const seen: RestRequest[] = [];
  const fetch = createFetch((request) => {
    seen.push(request);
    return Promise.resolve(answer);
  });
  return { fetch, seen };
}

describe('the in-process fetch', () => {
  it('hands on method, path after /v2 with query, content type and bytes', async () => {
    const { fetch, seen } = recording();
    await fetch('http://engine/v2/variables/search?truncateValues=false', { method: 'POST', headers: { 'content-type': 'application/json', authorization: '' }, body: '{"ü":1}' });
    await fetch(new Request('http://engine/v2'));
    await fetch(new URL('http://engine/v2/topology'));
    expect(seen.map(({ method, path }) => [method, path])).toEqual([['POST', '/variables/search?truncateValues=false'], ['GET', '/'], ['GET', '/topology']]);
    expect(seen[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(new TextDecoder().decode(seen[0]?.body)).toBe('{"ü":1}');
    expect(seen[1]?.body).toBeUndefined();
  });

  it('hands back status, headers and body, and no body for 204', async () => {
    const { fetch } = recording({ status: 404, headers: { 'content-type': 'application/problem+json' }, body: '{"status":404}' });
    const response = await fetch('http://engine/v2/x');
    expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([404, 'application/problem+json', { status: 404 }]);
    expect(await (await recording().fetch('http://engine/v2/x')).text()).toBe('');
  });

  it('rejects with the reason as soon as the client goes, and tells the handler', async () => {
    const gone = new AbortController();
    let signal: AbortSignal | undefined;
    const fetch = createFetch((request) => {
      signal = request.signal;
      return new Promise<never>(() => undefined);
    });
    const answer = fetch('http://engine/v2/x', { signal: gone.signal });
    while (signal === undefined) await new Promise(setImmediate);
    gone.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    expect(signal.aborted).toBe(true);
  });

  it('does not reach the handler when the client has gone beforehand', async () => {
    const { fetch, seen } = recording();
    await expect(fetch('http://engine/v2/x', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual([]);
  });
});
