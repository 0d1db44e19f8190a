// A lull: at once where nothing is under way, after the last job where something is, and never later than its bound.
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLull } from '../../../workers/runtime/lull.ts';

/** A lull over so many jobs, and what has come of one that was asked for. */
function lullOver(jobs: number, mostMs = 60_000) {
  const under = { way: jobs };
  const lull = createLull(() => under.way > 0, mostMs);
  const asked = { came: false };
  const came = lull.next().then(() => { asked.came = true; });
  const end = (count: number) => {
    under.way -= count;
    lull.jobEnded();
  };
  return { under, lull, asked, came, end };
}

describe('a lull', () => {
  it('is there where no job is under way', async () => {
    await lullOver(0).came;
  });

  it('comes when the last job has ended', async () => {
    const { asked, came, end } = lullOver(2);
    end(1);
    await turnOfTheLoop();
    expect(asked.came).toBe(false);
    end(1);
    await came;
  });

  it('does not come where the end of a job brings the next one', async () => {
    const { under, asked, came, end } = lullOver(1);
    end(1);
    await Promise.resolve();
    under.way += 1;
    await turnOfTheLoop();
    expect(asked.came).toBe(false);
    end(1);
    await came;
  });

  it('is not waited for longer than the bound', async () => {
    const { under, came } = lullOver(1, 1);
    await came;
    expect(under.way).toBe(1);
  });
});
