// Asks one model version for one case: the file checked against the release, the row built as the model wants it.
import type { Model } from '../../ledger/index.ts';
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import type { ClassPrediction } from './class-prediction.ts';
import { buildFeatureRow } from './feature-row.ts';
import { ServingError } from './serving-error.ts';
import type { ServingDirectory } from './serving-directory.ts';

export type CaseQuestion = { caseId: string; definition: DecisionServiceDefinition; input: Record<string, unknown>; model: Model };

/** Throws `ServingError` where the model fails or the server serves another file than the one released. */
export async function askModel({ caseId, definition, input, model }: CaseQuestion, { served, signal }: { served: ServingDirectory; signal: AbortSignal }): Promise<ClassPrediction> {
  const inference = await served.clientFor({ service: definition.id, model: model.name });
  const about = await inference.metadata(model.name, signal);
  if (about?.digest != null && about.digest !== model.digest) throw new ServingError('error', 'The server holds another file of this model than the release names');
  const built = buildFeatureRow(about?.features ?? definition.model.features, input);
  if (built.kind === 'unreadable') throw new ServingError('error', `The input cannot be turned into the model's row: ${built.fields.join(', ')}`);
  return inference.predict({
    model: model.name,
    protocol: definition.model.protocol,
    row: built.row,
    classes: definition.classes.map((outcome) => outcome.id),
    requestId: caseId,
    signal,
  });
}
