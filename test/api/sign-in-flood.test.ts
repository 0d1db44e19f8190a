/** A flood of sign-ins costs the one who sends it, not the others. */
import { afterEach, describe, expect, it } from 'vitest';
import { createWorkQueue } from '../../api/access/password-queue.ts';
import { createRateLimit } from '../../api/access/rate-limit.ts';
import { hashOfNobody, hashPassword, isPassword } from '../../ledger/access/password.ts';
import { openTestApi, type TestApi } from './open-api.ts';

let api: TestApi | undefined;
afterEach(async () => { await api?.close(); });

const attempt = (to: TestApi, name: string, remoteAddress = '127.0.0.1') =>
  to.app.inject({ method: 'POST', url: '/api/session', remoteAddress, payload: { name, password: 'guess' } });

describe('signing in', () => {
  it('is limited per address, whatever the names; another address still signs in', async () => {
    api = await openTestApi({ signInsPerMinute: 1 });
    const names = ['a', 'b', 'c'];
    for (const name of names) expect((await attempt(api, name)).statusCode).toBe(401);
    const limited = await attempt(api, 'd');
    expect(limited.json()).toMatchObject({ status: 429, type: 'urn:stellwerk:problem:too-many-requests' });
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    expect((await attempt(api, 'd', '127.0.0.2')).statusCode).toBe(401);
  });

  it('refuses what would wait too long at once, and pages and health do not wait for any of it', async () => {
    const opened = await openTestApi();
    api = opened;
    let answered = 0;
    const flood = Array.from({ length: 200 }, async (_, index) => {
      const answer = await attempt(opened, `name-${index}`, `127.0.1.${index}`);
      answered += answer.statusCode === 401 ? 1 : 0;
      return answer;
    });
    expect((await opened.app.inject({ url: '/' })).statusCode).toBe(200);
    expect((await opened.app.inject({ url: '/api/health/live' })).statusCode).toBe(200);
    // The page came before the queue was through.
    expect(answered).toBeLessThan(18);
    const answers = await Promise.all(flood);
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(refused).toHaveLength(200 - 18);
    expect(refused.every(({ headers }) => Number(headers['retry-after']) > 0)).toBe(true);
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(18);
  }, 30_000);

  it('computes as much for a name that nobody has as for one that somebody has, from the first try on', async () => {
    const cost = (hash: string) => hash.split('$').slice(0, 4);
    expect(cost(hashOfNobody())).toEqual(cost(await hashPassword('a password')));
    expect(hashOfNobody()).not.toBe(hashOfNobody());
    expect(await isPassword('', hashOfNobody())).toBe(false);
  });
});

describe('the queue', () => {
  it('never runs more at once than it may, keeps the order, and goes on after an error', async () => {
    const queue = createWorkQueue({ atOnce: 2, mostWaiting: 3 });
    const log: number[] = [];
    let running = 0;
    let most = 0;
    const work = (id: number) => queue.run(async () => {
      log.push(id);
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      if (id === 0) throw new Error('broken');
    });
    const results = await Promise.allSettled([0, 1, 2, 3, 4, 5].map(work));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect({ log, most }).toEqual({ log: [0, 1, 2, 3, 4], most: 2 });
    await expect(work(6)).resolves.toBeUndefined();
  });
});

it('counts a bounded number of keys', () => {
  const limit = createRateLimit({ now: () => 0 }, 1);
  for (let index = 0; index <= 50_000; index += 1) limit.take(`name ${index}`);
  expect(() => limit.take('name 50000')).toThrow();
  expect(() => limit.take('name 0')).not.toThrow();
});
