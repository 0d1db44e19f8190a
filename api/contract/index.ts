/** All operations of the HTTP API by name, and every shape they carry. */
import * as cases from './cases.ts';
import * as services from './decision-services.ts';
import * as health from './health.ts';
import * as inbox from './inbox.ts';
import * as models from './models.ts';
import * as processes from './processes.ts';
import * as releases from './releases.ts';
import * as session from './session.ts';
import * as webhooks from './webhooks.ts';
import type { Operation } from './operation.ts';

export * from './operation.ts';
export * from './problem.ts';

export const operations = {
  signIn: session.signIn,
  readSession: session.readSession,
  signOut: session.signOut,
  listDecisionServices: services.listDecisionServices,
  readDecisionService: services.readDecisionService,
  readServiceState: services.readServiceState,
  startCase: cases.startCase,
  readCase: cases.readCase,
  listCases: cases.listCases,
  readCaseRecord: cases.readCaseRecord,
  readWebhookSecret: webhooks.readWebhookSecret,
  startProcess: processes.startProcess,
  readProcessInstance: processes.readProcessInstance,
  listTasks: inbox.listTasks,
  readTask: inbox.readTask,
  claimTask: inbox.claimTask,
  unclaimTask: inbox.unclaimTask,
  giveVerdict: inbox.giveVerdict,
  giveFinalVerdict: inbox.giveFinalVerdict,
  undoVerdict: inbox.undoVerdict,
  holdVerdict: inbox.holdVerdict,
  needInformation: inbox.needInformation,
  notMine: inbox.notMine,
  streamInboxEvents: inbox.streamInboxEvents,
  listReleases: releases.listReleases,
  readRelease: releases.readRelease,
  readEvidence: releases.readEvidence,
  proposeRelease: releases.proposeRelease,
  castVote: releases.castVote,
  answerQuestion: releases.answerQuestion,
  askNextStep: releases.askNextStep,
  stopRelease: releases.stopRelease,
  rollBackRelease: releases.rollBackRelease,
  answerReassessment: releases.answerReassessment,
  resumeService: releases.resumeService,
  listModels: models.listModels,
  readModel: models.readModel,
  readLive: health.readLive,
  readReady: health.readReady,
  readMetrics: health.readMetrics,
} as const satisfies Record<string, Operation>;
export type OperationName = keyof typeof operations;
