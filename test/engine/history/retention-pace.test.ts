// When retention works: some time after the start, then from time to time, with rests, and never while the log is sifted.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from '../../../engine/clock.ts';
import { createRetention } from '../../../engine/history/retention.ts';
import { silentLogger } from '../../../engine/logger.ts';
import type { PurgeAnswer } from '../../../engine/history/records.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function retentionOver(answers: (PurgeAnswer | Error)[], { keepMs = 1_000, logLength = 10 }: { keepMs?: number | null; logLength?: number } = {}) {
  const happened: string[] = [];
  const retention = createRetention({
    keepMs, clock: createClock(), logLength: () => logLength,
    logger: { ...silentLogger, error: (_fields, message) => { happened.push(message); } },
    purge: () => {
      happened.push('purge');
      const answer = answers.shift() ?? { processInstances: 0, next: null };
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    sweep: { begin: () => { happened.push('begin'); }, slice: () => { happened.push('slice'); return happened.filter((what) => what === 'slice').length % 2 === 1; } },
  });
  return { retention, happened };
}

const some = (isMore: boolean): PurgeAnswer => ({ processInstances: 20, next: isMore ? { endDate: 1, key: 1 } : null });

test('it looks after ten seconds and every minute, purges slice by slice, then sifts the log', async () => {
  const { retention, happened } = retentionOver([some(true), some(true), some(false)]);
  await vi.advanceTimersByTimeAsync(9_999);
  expect(happened).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_001);
  expect(happened).toEqual(['purge', 'purge', 'purge', 'begin', 'slice', 'slice']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(happened.slice(6)).toEqual(['purge']);
  expect(retention.metrics()).toEqual({ purgedInstances: 60, purgeSlices: 4, logPasses: 1 });
  await retention.close();
});

test('a long log is sifted only when enough of it has become superfluous, or after a day', async () => {
  const { retention, happened } = retentionOver([some(false)], { logLength: 100_000 });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(happened).not.toContain('begin');
  await vi.advanceTimersByTimeAsync(86_400_000);
  expect(happened.filter((what) => what === 'begin')).toEqual(['begin']);
  await retention.close();
});

test('what failed is logged and tried again', async () => {
  const { retention, happened } = retentionOver([new Error('disk full'), some(false)]);
  await vi.advanceTimersByTimeAsync(80_000);
  expect(happened).toEqual(['purge', 'Old process instances could not be purged; tried again in a minute.', 'purge', 'begin', 'slice', 'slice']);
  await retention.close();
});

test('without a time to keep it never looks, and closing does not wait for a rest', async () => {
  const off = retentionOver([], { keepMs: null });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(off.happened).toEqual([]);
  const { retention, happened } = retentionOver(Array.from({ length: 1_000 }, () => some(true)));
  await vi.advanceTimersByTimeAsync(10_001);
  expect(happened.length).toBeLessThan(5);
  await retention.close();
});
