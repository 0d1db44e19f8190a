/** Why a case went to people. Closed list of the design, section 6. */
export const reasonCodes = [
  'PILOT',
  'AUDIT_SAMPLE',
  'LOW_CONFIDENCE',
  'ANOMALY',
  'BUSINESS_RULE',
  'NO_RELEASE',
  'RELEASE_EXPIRED',
  'STOPPED',
  'OBJECTION',
  'MODEL_UNAVAILABLE',
  'MODEL_ERROR',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];
