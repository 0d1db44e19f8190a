// What a look for cases to erase has to read: what may be due, and nothing else again.
import { describe, expect, test } from 'vitest';
import type { DecisionRange } from '../../ledger/index.ts';
import { createKeptDecisions, type KeptDecisions } from '../../workers/kept-decisions.ts';

const hour = 3_600_000;
const day = 24 * hour;

type Decision = { service: string; at: number };
type Decided = Map<number, Decision>;

/** Erases what is due in slices of ten, as the ledger does, and answers which decisions were read. */
async function look(kept: KeptDecisions, decided: Decided, days: Record<string, number>, now: number): Promise<number[]> {
  kept.grew(Math.max(0, ...decided.keys()), now);
  return readDue(kept, decided, before(days, now));
}

const before = (days: Record<string, number>, now: number) => new Map(Object.entries(days).map(([service, count]) => [service, now - count * day]));

async function readDue(kept: KeptDecisions, decided: Decided, decidedBefore: ReadonlyMap<string, number>, failAfter = Infinity): Promise<number[]> {
  const read: number[] = [];
  await kept.readDue(decidedBefore, ({ after, to }: DecisionRange) => {
    const page = [...decided].filter(([number]) => number > after && number <= to).slice(0, 10);
    if (read.length >= failAfter) return Promise.reject(new Error('disk full'));
    read.push(...page.map(([number]) => number));
    const left = new Map<string, number>();
    for (const [number, { service, at }] of page) {
      if (at <= (decidedBefore.get(service) ?? -Infinity)) decided.delete(number);
      else left.set(service, Math.min(at, left.get(service) ?? at));
    }
    return Promise.resolve({ left, next: page.length === 10 ? (page.at(-1)?.[0] ?? null) : null });
  });
  return read;
}

/** One an hour. */
function hourly(count: number, service: string, begin = 0): Decided {
  return new Map(Array.from({ length: count }, (_, index) => [index + 1, { service, at: begin + index * hour }]));
}

describe('the first look', () => {
  test('reads all decisions there are', async () => {
    const decided = hourly(95, 'loans');
    expect(await look(createKeptDecisions(), decided, { loans: 1000 }, 100 * hour)).toHaveLength(95);
  });
});

describe('later looks', () => {
  test('read nothing while nothing is due, and of that which is due little more', async () => {
    const decided: Decided = new Map(Array.from({ length: 5000 }, (_, index) => [index + 1, { service: 'loans', at: (index * hour) / 10 }]));
    const kept = createKeptDecisions();
    await look(kept, decided, { loans: 100 }, 500 * hour);
    expect(await look(kept, decided, { loans: 100 }, 2400 * hour - 1)).toEqual([]);
    const read: number[] = [];
    for (let at = 1; at <= 50; at += 1) read.push(...(await look(kept, decided, { loans: 100 }, (2400 + at) * hour)));
    const gone = 5000 - decided.size;
    expect(gone).toBe(501);
    // A stretch is four hours long, and what is left of it is read with each look.
    expect(Math.max(...read)).toBeLessThanOrEqual(gone + 50);
    expect(read.length).toBeLessThanOrEqual(4 * gone);
  });

  test('read what was decided since only when it may be due, with a day for clocks that differ', async () => {
    const kept = createKeptDecisions();
    const decided: Decided = new Map();
    await look(kept, decided, { loans: 10 }, 0);
    for (let index = 0; index < 100; index += 1) decided.set(index + 1, { service: 'loans', at: index * 1000 });
    expect(await look(kept, decided, { loans: 10 }, hour)).toEqual([]);
    expect(await look(kept, decided, { loans: 10 }, 9 * day - 1)).toEqual([]);
    expect(await look(kept, decided, { loans: 10 }, 9 * day)).toHaveLength(100);
    expect(await look(kept, decided, { loans: 10 }, 10 * day - 1)).toEqual([]);
    expect(await look(kept, decided, { loans: 10 }, 10 * day + 99_000)).toHaveLength(100);
    expect(decided.size).toBe(0);
    expect(kept.size()).toBe(0);
  });

  test('find at once what is due as the days of a service were shortened, and nothing where they were lengthened', async () => {
    const decided = hourly(240, 'loans');
    const kept = createKeptDecisions();
    await look(kept, decided, { loans: 20 }, 10 * day);
    await look(kept, decided, { loans: 2 }, 10 * day);
    expect(Math.min(...[...decided.values()].map(({ at }) => at))).toBe(8 * day + hour);
    expect(await look(kept, decided, { loans: 100 }, 10 * day)).toEqual([]);
  });

  test('leave cases of a service that keeps them long between those that go, and do not read them again until they are due', async () => {
    const decided: Decided = new Map(Array.from({ length: 200 }, (_, index) => [index + 1, { service: index % 2 === 0 ? 'short' : 'long', at: index * hour }]));
    const kept = createKeptDecisions();
    const days = { short: 10, long: 1000 };
    await look(kept, decided, days, 0);
    await look(kept, decided, days, 30 * day);
    expect([...decided.values()].every(({ service }) => service === 'long')).toBe(true);
    expect(decided.size).toBe(100);
    expect(await look(kept, decided, days, 900 * day)).toEqual([]);
    await look(kept, decided, days, 1100 * day);
    expect(decided.size).toBe(0);
  });

  test('find decisions that are older than those before them, as a clock was set back before the start', async () => {
    const decided = hourly(50, 'loans', 500 * day);
    for (let index = 51; index <= 100; index += 1) decided.set(index, { service: 'loans', at: index * hour });
    const kept = createKeptDecisions();
    await look(kept, decided, { loans: 10 }, 10 * day);
    await look(kept, decided, { loans: 10 }, 10 * day + 100 * hour);
    expect([...decided.keys()]).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  test('go on after a failure where it was', async () => {
    const decided = hourly(100, 'loans');
    const kept = createKeptDecisions();
    await look(kept, decided, { loans: 10 }, 0);
    const due = before({ loans: 10 }, 100 * day);
    await expect(readDue(kept, decided, due, 30)).rejects.toThrow('disk full');
    expect(decided.size).toBe(70);
    expect(await readDue(kept, decided, due)).toHaveLength(70);
    expect(decided.size).toBe(0);
  });

  test('remember little: a stretch for every four hours, however much is decided', async () => {
    const decided: Decided = new Map(Array.from({ length: 3000 }, (_, index) => [index + 1, { service: 'loans', at: index * (hour / 25) }]));
    const kept = createKeptDecisions();
    await look(kept, decided, { loans: 1000 }, 120 * hour);
    expect(kept.size()).toBeLessThanOrEqual(30 + 1);
  });
});
