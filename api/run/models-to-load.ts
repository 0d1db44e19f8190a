/** Which versions the local model server loads when it starts: those of releases that are on their way or decide. */
import { listLifecycles, type Ledger, type ReleaseState } from '../../ledger/index.ts';

const underWay: ReleaseState[] = ['proposed', 'evaluated', 'approved', 'shadow', 'canary', 'live'];

/**
 * Of a service that has such releases, their versions; of all others every version in the server's folder, so that the
 * first one can be tried and proposed.
 */
export async function modelsToLoad(ledger: Ledger): Promise<string[]> {
  const names = new Set<string>();
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listLifecycles(ledger, { states: underWay, limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    if (page.kind === 'bad-cursor') throw new Error('The ledger refused its own cursor. This is a defect.');
    for (const { model } of page.items) names.add(model.name);
    cursor = page.nextCursor;
  }
  return [...names].sort();
}
