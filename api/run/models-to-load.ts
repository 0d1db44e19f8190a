/** Which versions the local model server loads when it starts: those that a release names and has not given up. */
import { listReleases, type Ledger } from '../../ledger/index.ts';

/**
 * Of a service that has releases, their versions; of all others every version in the server's folder, so that the first
 * one can be tried and proposed.
 */
export async function modelsToLoad(ledger: Ledger): Promise<string[]> {
  const open = (await listReleases(ledger)).filter(({ end }) => end === null);
  return [...new Set(open.map(({ model }) => model.name))].sort();
}
