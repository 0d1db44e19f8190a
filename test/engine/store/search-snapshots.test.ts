// The test switch for searches that lag behind.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSearchSnapshots } from '../../../engine/store/search-snapshots.ts';
import { openStore } from '../../../engine/store/open-store.ts';

test('shows the newest snapshot that is old enough', () => {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const file = join(folder, 'engine.db');
  const store = openStore(file);
  let wallTime = 0;
  const snapshots = openSearchSnapshots(file, 2_000, () => wallTime);
  onTestFinished(() => {
    snapshots.close();
    store.close();
    rmSync(folder, { recursive: true });
  });
  const seen = () => Number(snapshots.current().prepare('SELECT count(*) AS n FROM deployments').get()?.['n']);
  const deploy = (key: number) => store.db.prepare('INSERT INTO deployments VALUES (?, 0)').run(key);
  deploy(1);
  expect(seen()).toBe(0);
  snapshots.take();
  wallTime = 1_999;
  expect(seen()).toBe(0);
  wallTime = 2_000;
  expect(seen()).toBe(1);
  deploy(2);
  snapshots.take();
  expect(seen()).toBe(1);
  wallTime = 4_000;
  expect(seen()).toBe(2);
});
