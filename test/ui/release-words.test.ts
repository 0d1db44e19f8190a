// Both dictionaries of the release pages speak of the same things: every state, refusal, evidence and alarm has words.
import { expect, test } from 'vitest';
import { alarmKinds, reassessmentAnswers, releaseStates } from '../../ledger/releases/lifecycle.ts';
import { evidenceSchemas } from '../../api/contract/evidence.ts';
import { EvidenceKind as ContractKind, VoteRefusal } from '../../api/contract/releases.ts';
import { failureCodes } from '../../processes/model-promotion/variables.ts';
import { de } from '../../ui/src/shared/releases/words/de.ts';
import { en } from '../../ui/src/shared/releases/words/en.ts';

test.each([
  ['de', de],
  ['en', en],
])('%s has words for everything that the server may name', (_language, words) => {
  for (const state of releaseStates) expect(words.states[state], state).toBeTruthy();
  for (const kind of alarmKinds) expect(words.page.alarms[kind], kind).toBeTruthy();
  for (const answer of reassessmentAnswers) expect(words.next.answers[answer]?.name, answer).toBeTruthy();
  for (const code of VoteRefusal.options) expect(words.vote.mayNot[code], code).toBeTruthy();
  for (const code of failureCodes) expect(words.moveCodes[code], code).toBeTruthy();
  for (const kind of ContractKind.options) expect(words.goLive.parts[kind], kind).toBeTruthy();
  expect(Object.keys(evidenceSchemas).every((kind) => words.goLive.parts[kind] !== undefined)).toBe(true);
});

test('records of words have the same entries in both languages', () => {
  const keysOf = (value: unknown): unknown => (typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysOf(inner)])) : typeof value);
  expect(keysOf(en)).toEqual(keysOf(de));
});
