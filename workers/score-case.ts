// Job worker `score-case`: asks the released model for its prediction and stores it, then hands the case over to the shadow.
import { z } from 'zod';
import { getPrediction, getService, readInput, storePrediction, type Ledger, type Prediction } from '../ledger/index.ts';
import type { DecisionServiceDefinition } from '../ledger/services/definition.ts';
import { CaseReceived, NoveltyVariable, PredictionVariable, ReleaseVariable } from '../processes/anomaly-routing/variables.ts';
import { modelFailures, toBpmnError } from './model-failure.ts';
import { BpmnError, TerminalFailure } from './runtime/failures.ts';
import { defineWorker } from './runtime/worker-definition.ts';
import { askModel } from './serving/ask-model.ts';

export const scoreCase = defineWorker({
  type: 'score-case',
  input: CaseReceived.pick({ caseId: true, service: true, serviceVersion: true }).extend({
    release: ReleaseVariable,
    novelty: NoveltyVariable.nullable(),
  }),
  output: z.object({ prediction: PredictionVariable }),
  errors: modelFailures,
  timeLimitMs: 20_000,
  completesLightly: true,

  async handle({ caseId, service, serviceVersion, release, novelty }, tools) {
    const { ledger } = tools;
    const { model } = release;
    if (model === null) throw new TerminalFailure('There is no released model to ask. The diagram must route such a case around this task.');
    const definition = await definitionOf(ledger, service, serviceVersion);
    const askAndStore = async (): Promise<Prediction> => {
      const input = await readableInput(ledger, caseId, model.name);
      const found = await askModel({ caseId, definition, input, model }, tools);
      const stored = await storePrediction(ledger, { caseId, role: 'decider', releaseId: release.id, model, ...found, novelty });
      if (stored.kind === 'case-unknown') throw new TerminalFailure(`Case "${caseId}" is not in the ledger.`);
      return stored.prediction;
    };
    try {
      // The first prediction stays: a second run routes by what the ledger holds, whatever the model says by now, even nothing.
      const { class: predicted, confidence } = (await getPrediction(ledger, caseId)) ?? (await askAndStore());
      const mayBeAutomatic = definition.classes.some((outcome) => outcome.id === predicted && outcome.automatic);
      return { prediction: { class: predicted, confidence, mayBeAutomatic } };
    } catch (error) {
      throw toBpmnError(error, model.name, tools.log);
    } finally {
      // Not awaited, and after the decider: candidates never delay what they do not decide.
      tools.shadow.offer({ caseId, service, serviceVersion, decidedUnder: release.id });
    }
  },
});

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
