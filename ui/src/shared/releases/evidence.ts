/** The documents that a release rests on. Types only. */
import type { EvidenceDocument } from '../../../../api/contract/evidence.ts';
import type { CertificateDocument, EvaluationReport } from '../../../../api/contract/evaluation-report.ts';

export type { CertificateDocument, EvaluationReport, EvidenceDocument };
export type EvidenceOf<Kind extends EvidenceDocument['kind']> = Extract<EvidenceDocument, { kind: Kind }>['document'];
export type Measure = EvaluationReport['measures'][number];
export type MeasureId = Measure['id'];
export type SegmentResult = EvaluationReport['segments'][number];
