/** Every operation of the contract with its handler; a missing one does not compile. */
import type { operations, OperationName } from '../contract/index.ts';
import { readCaseRecord } from './case-record.ts';
import { listCases, readCase, startCase } from './cases.ts';
import { listDecisionServices, readDecisionService, readServiceState } from './decision-services.ts';
import type { Handler } from './handler.ts';
import { readLive, readMetrics, readReady } from './health.ts';
import * as inbox from './inbox.ts';
import { listModels, readModel } from './models.ts';
import { readProcessInstance, startProcess } from './processes.ts';
import * as changes from './release-changes.ts';
import { listReleases, readEvidence, readRelease } from './releases.ts';
import { readSession, signIn, signOut } from './session.ts';
import { readWebhookSecret } from './webhooks.ts';

export type Handlers = { [N in OperationName]: Handler<(typeof operations)[N]> };

export const handlers: Handlers = {
  signIn,
  readSession,
  signOut,
  listDecisionServices,
  readDecisionService,
  readServiceState,
  startCase,
  readCase,
  listCases,
  readCaseRecord,
  readWebhookSecret,
  startProcess,
  readProcessInstance,
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
  listReleases,
  readRelease,
  readEvidence,
  proposeRelease: changes.proposeRelease,
  castVote: changes.castVote,
  answerQuestion: changes.answerQuestion,
  askNextStep: changes.askNextStep,
  stopRelease: changes.stopRelease,
  rollBackRelease: changes.rollBackRelease,
  answerReassessment: changes.answerReassessment,
  resumeService: changes.resumeService,
  listModels,
  readModel,
  readLive,
  readReady,
  readMetrics,
};
