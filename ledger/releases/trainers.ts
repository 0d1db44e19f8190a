/** Who trained the model of a release: whom the proposal names, and whom the registry does. They cannot vote on it. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';
import { readJson } from '../store/json-column.ts';
import { currentEvidence, findEvidence } from './evidence-bundle.ts';
import { RegistryEvidence } from './evidence-document.ts';
import type { Lifecycle } from './lifecycle.ts';

/** The property of the registry's document that names who registered the version. */
export const authorProperty = 'author';

/** User ids or sign-in names, as the platform writes them. */
export async function trainersOf(db: Kysely<Database>, { releaseId, trainedBy }: Lifecycle): Promise<string[]> {
  const row = currentEvidence(await findEvidence(db, releaseId)).get('registry');
  const author = row ? readJson(RegistryEvidence, row.document).properties[authorProperty] : undefined;
  return [...(trainedBy === null ? [] : [trainedBy]), ...(typeof author === 'string' ? [author] : [])];
}
