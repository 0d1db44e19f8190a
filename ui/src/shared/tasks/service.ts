/** The shapes of decision services as the API's contract has them: types only. */
export type { DecisionService, DecisionServiceSummary, ServiceState } from '../../../../api/contract/decision-services.ts';
