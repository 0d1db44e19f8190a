/** Releases and models as the API tells of them. Types only: nothing of the contract reaches the bundle. */
export type {
  Actor,
  CastVote,
  DecisionView,
  EvidenceEntry,
  EvidenceKind,
  OtherRelease,
  ProposeRelease,
  ReleaseAction,
  ReleaseAlarm,
  ReleaseDetail,
  ReleaseList,
  ReleaseMove,
  ReleaseState,
  ReleaseSummary,
  VoteView,
  WhatHappens,
} from '../../../../api/contract/releases.ts';
export type { ModelDetail, ModelList, ModelVersionView } from '../../../../api/contract/models.ts';
