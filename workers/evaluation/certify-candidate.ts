// The certificate of a candidate, from outcomes or from blind verdicts, at one of the service's planned looks.
import type { CertificateDocument, DataPart } from '../../ledger/releases/evaluation-report.ts';
import type { DecisionServiceDefinition } from '../../ledger/services/definition.ts';
import { certifyThreshold } from '../../trust/index.ts';
import { automaticClasses } from './compared-row.ts';

export type CertifyRow = { class: string; confidence: number; outcome: string };

/** The walk starts where two errors are allowed, for every service, fixed in advance (ADR 040). */
const startAllowsErrors = 2;

/** δ is divided by the number of looks at which a certificate may be taken, whichever of them this is. */
export function certifyCandidate(rows: readonly CertifyRow[], options: { definition: DecisionServiceDefinition; data: DataPart | null; look: { index: number; of: number } }): CertificateDocument {
  const { definition, data, look } = options;
  const { promise } = definition;
  const automatic = automaticClasses(definition.classes);
  const certification = certifyThreshold({
    scores: rows.map(({ confidence }) => confidence),
    automatic: rows.map((row) => automatic(row.class)),
    errors: rows.map((row) => row.class !== row.outcome),
    alpha: promise.alpha,
    delta: promise.delta / look.of,
    startAllowsErrors,
  });
  return { ...certification, errorReference: promise.errorReference, population: promise.population, look, data };
}
