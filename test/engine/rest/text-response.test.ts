// A response whose text is at hand behaves like any other, however it is read.
import { expect, it } from 'vitest';
import { TextResponse } from '../../../engine/rest/text-response.ts';

const text = '{"ü":[1,2]}';
const answered = () => new TextResponse(text, { status: 404, headers: { 'content-type': 'application/problem+json' } });
const bytes = new TextEncoder().encode(text);

it('is a Response with its status and headers', () => {
  const response = answered();
  expect(response).toBeInstanceOf(Response);
  expect([response.status, response.ok, response.headers.get('content-type')]).toEqual([404, false, 'application/problem+json']);
});

it('gives its text as JSON, text, bytes, blob and stream', async () => {
  expect(await answered().json()).toEqual({ ü: [1, 2] });
  expect(await answered().text()).toBe(text);
  expect(new Uint8Array(await answered().arrayBuffer())).toEqual(bytes);
  expect(await answered().bytes()).toEqual(bytes);
  expect(await (await answered().blob()).text()).toBe(text);
  expect(await new Response(answered().body).text()).toBe(text);
});

it('is read once, and says so', async () => {
  for (const read of [(response: Response) => response.json(), (response: Response) => response.text(), (response: Response) => response.arrayBuffer()]) {
    const response = answered();
    expect(response.bodyUsed).toBe(false);
    await read(response);
    expect(response.bodyUsed).toBe(true);
    await expect((async () => response.text())()).rejects.toThrow(TypeError);
    await expect((async () => response.blob())()).rejects.toThrow(TypeError);
  }
});

it('can be cloned before it is read, and both are read', async () => {
  const response = answered();
  const clone = response.clone();
  expect([await clone.text(), await response.text(), clone.status]).toEqual([text, text, 404]);
  expect(() => response.clone()).toThrow(TypeError);
});

it('refuses what is no JSON as any response does', async () => {
  await expect(new TextResponse('<html>', {}).json()).rejects.toThrow(SyntaxError);
});
