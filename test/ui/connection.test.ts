// Verdicts wait out a lost connection and are sent once.
import { afterEach, expect, test, vi } from 'vitest';
import { ConnectionLost, markBack, markLost, sendWhenConnected } from '../../ui/src/shared/connection/connection.ts';

afterEach(markBack);

test('sends again when the connection is back, and only then', async () => {
  const send = vi.fn<() => Promise<string>>().mockImplementationOnce(async () => {
    markLost();
    throw new ConnectionLost('no answer');
  });
  send.mockResolvedValueOnce('stored');
  const sending = sendWhenConnected(send);
  await Promise.resolve();
  expect(send).toHaveBeenCalledTimes(1);
  markBack();
  expect(await sending).toBe('stored');
  expect(send).toHaveBeenCalledTimes(2);
});

test('passes on what the product refused, without a second try', async () => {
  const send = vi.fn<() => Promise<string>>().mockRejectedValue(new Error('task-taken'));
  await expect(sendWhenConnected(send)).rejects.toThrow('task-taken');
  expect(send).toHaveBeenCalledTimes(1);
});
