// One signal out of several, and what it leaves behind.
import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { boundedSignal } from '../../../workers/runtime/bounded-signal.ts';

test('is aborted with the reason of the first that is', () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const { signal, isLate, release } = boundedSignal([one.signal, other.signal], 1_000);
  other.abort(new Error('gone'));
  one.abort(new Error('closing'));
  expect(signal.reason).toEqual(new Error('gone'));
  expect(isLate()).toBe(false);
  release();
});

test('is aborted at once where one is already', () => {
  const { signal } = boundedSignal([AbortSignal.abort(new Error('gone'))]);
  expect(signal.reason).toEqual(new Error('gone'));
});

test('is aborted when the time is over, and says so', async () => {
  const { signal, isLate } = boundedSignal([], 1);
  await vi.waitFor(() => expect(signal.aborted).toBe(true));
  expect(isLate()).toBe(true);
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test('leaves no listener on signals that live on, and no timer', () => {
  const longLived = new AbortController();
  vi.useFakeTimers();
  try {
    const { release } = boundedSignal([longLived.signal], 1_000);
    expect(getEventListeners(longLived.signal, 'abort')).toHaveLength(1);
    release();
    expect(getEventListeners(longLived.signal, 'abort')).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
