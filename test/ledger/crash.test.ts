// A killed process: what was acknowledged is there and owed, and the folder can be opened at once.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { claimOutbox, getCase, openLedger, verifyChain } from '../../ledger/index.ts';
import { tempFolder } from './fixture.ts';

const child = join(import.meta.dirname, 'accept-one-case.ts');

/** Runs the child until it has acknowledged so many cases, and kills it in whatever it is doing. */
async function killAfter(dataDir: string, acknowledgements: number): Promise<string[]> {
  const running = spawn(process.execPath, [child, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => running.once('exit', resolve));
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: running.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === acknowledgements) running.kill('SIGKILL');
  }
  await ended;
  return acknowledged;
}

describe('a process killed between acceptance and settling', () => {
  test.each([1, 2, 17, 60])('after %d acknowledgements leaves every case and its outbox row', async (acknowledgements) => {
    const dataDir = tempFolder();
    const acknowledged = await killAfter(dataDir, acknowledgements);
    expect(acknowledged.length).toBeGreaterThanOrEqual(acknowledgements);
    const ledger = await openLedger({ clock: { now: () => Date.now() }, dataDir });
    try {
      for (const caseId of acknowledged) expect(await getCase(ledger, caseId)).toMatchObject({ status: 'received' });
      const owed = new Set((await claimOutbox(ledger, { limit: 10_000 })).map(({ caseId }) => caseId));
      for (const caseId of acknowledged) expect(owed).toContain(caseId);
      expect(await verifyChain(ledger)).toMatchObject({ ok: true });
    } finally {
      await ledger.close();
    }
  });
});
