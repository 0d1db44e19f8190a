// Job worker `score-case`: asks the released model for its prediction and stores it; shadow versions are asked beside it and never decide.
import { z } from 'zod';
import { getService, readInput, storePrediction, type Ledger, type Model } from '../ledger/index.ts';
import type { DecisionServiceDefinition } from '../ledger/services/definition.ts';
import { CaseReceived, NoveltyVariable, PredictionVariable, ReleaseVariable } from '../processes/anomaly-routing/variables.ts';
import { modelFailures, toBpmnError } from './model-failure.ts';
import { BpmnError, TerminalFailure } from './runtime/failures.ts';
import { defineWorker, type Tools } from './runtime/worker-definition.ts';
import type { ClassPrediction } from './serving/class-prediction.ts';
import { buildFeatureRow } from './serving/feature-row.ts';
import { ServingError } from './serving/serving-error.ts';

type Call = { caseId: string; definition: DecisionServiceDefinition; input: Record<string, unknown>; model: Model };

export const scoreCase = defineWorker({
  type: 'score-case',
  input: CaseReceived.pick({ caseId: true, service: true, serviceVersion: true }).extend({
    release: ReleaseVariable,
    novelty: NoveltyVariable.nullable(),
  }),
  output: z.object({ prediction: PredictionVariable }),
  errors: modelFailures,
  timeLimitMs: 20_000,

  async handle({ caseId, service, serviceVersion, release, novelty }, tools) {
    const { ledger } = tools;
    const { model } = release;
    if (model === null) throw new TerminalFailure('There is no released model to ask. The diagram must route such a case around this task.');
    const definition = await definitionOf(ledger, service, serviceVersion);
    const input = await readableInput(ledger, caseId, model.name);
    const call = { caseId, definition, input, model };
    const shadows = scoreShadows(call, tools);
    try {
      const found = await askModel(call, tools);
      const stored = await storePrediction(ledger, { caseId, role: 'decider', releaseId: release.id, model, ...found, novelty });
      if (stored.kind === 'case-unknown') throw new TerminalFailure(`Case "${caseId}" is not in the ledger.`);
      // The first prediction stays: a second run routes by what the ledger holds, whatever the model says by now.
      const { class: predicted, confidence } = stored.prediction;
      const mayBeAutomatic = definition.classes.some((outcome) => outcome.id === predicted && outcome.automatic);
      return { prediction: { class: predicted, confidence, mayBeAutomatic } };
    } catch (error) {
      throw toBpmnError(error, model.name, tools.log);
    } finally {
      await shadows;
    }
  },
});

/** Throws `ServingError` where the model fails or the server serves another file than the one released. */
async function askModel({ caseId, definition, input, model }: Call, { inference, signal }: Tools): Promise<ClassPrediction> {
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

/** Never rejects and never delays the decider's failure: a shadow that fails is logged and left out. */
async function scoreShadows(call: Call, tools: Tools): Promise<void> {
  const shadows = await tools.settings.shadows(call.definition.id);
  await Promise.all(
    shadows.map(async (model) => {
      try {
        const found = await askModel({ ...call, model }, tools);
        await storePrediction(tools.ledger, { caseId: call.caseId, role: 'shadow', releaseId: null, model, ...found });
      } catch (error) {
        tools.log.warn({ caseId: call.caseId, model: model.name, error: error instanceof Error ? error.name : 'unknown' }, 'A shadow version could not be asked.');
      }
    }),
  );
}

async function definitionOf(ledger: Ledger, service: string, version: number): Promise<DecisionServiceDefinition> {
  const stored = await getService(ledger, service, version);
  if (stored === null) throw new TerminalFailure(`Decision service "${service}" has no version ${version}. Store it and resolve the incident.`);
  return stored.definition;
}

/** An input whose key was erased cannot be scored: people must say what becomes of the case. */
async function readableInput(ledger: Ledger, caseId: string, model: string): Promise<Record<string, unknown>> {
  const found = await readInput(ledger, caseId);
  if (found.kind === 'case-unknown') throw new TerminalFailure(`Case "${caseId}" is not in the ledger.`);
  if (found.kind === 'erased') throw new BpmnError('MODEL_ERROR', `The input of the case was erased. Model "${model}" is not asked; the case goes to people.`);
  return found.input;
}
