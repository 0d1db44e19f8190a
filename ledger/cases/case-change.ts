/** What listeners are told after a commit that changed a case. */
export type CaseChange = {
  caseId: string;
  service: string;
  what: 'received' | 'bound' | 'in-review' | 'verdict' | 'undone' | 'decided';
};
