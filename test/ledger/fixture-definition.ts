/** A decision service for tests: of three classes, one may be automatic. */
import type { DecisionServiceDefinition } from '../../ledger/index.ts';

const text = (word: string) => ({ de: word, en: word });

export const definition: DecisionServiceDefinition = {
  id: 'loans',
  name: text('Loans'),
  caseName: text('Loan'),
  question: text('Grant?'),
  processDefinitionId: 'anomaly-routing',
  inputSchema: { type: 'object' },
  classes: [
    { id: 'grant', label: text('grant'), key: '1', automatic: true },
    { id: 'decline', label: text('decline'), key: '2', automatic: false },
    { id: 'ask', label: text('ask'), key: '3', automatic: false },
  ],
  model: { name: 'loans', protocol: 'v1', features: [{ field: 'amount' }] },
  anomaly: null,
  riskTier: 'high',
  costs: { errors: [], review: 1 },
  promise: { alpha: 0.05, delta: 0.1, demoFigure: false, looks: 1, errorReference: 'blind-verdict', labelDelayDays: 0, population: text('all') },
  auditShare: 0.2,
  review: {
    candidateGroup: 'experts',
    adjudicatorGroup: 'adjudicators',
    dueAfter: 'P1D',
    secondReviewer: false,
    reasonCodes: [{ id: 'income', label: text('income'), key: 'i' }],
    formId: 'loans-form',
  },
  routingFields: ['region'],
  consentRequired: false,
  legalBasis: text('contract'),
  retentionDays: 200,
  presentation: { title: text('{amount}'), subtitle: text('{region}'), fields: {}, picture: null },
};
