/** What a person typed about a task. */
import { useStoredDraft, type StoredDraft } from '../../shared/preferences/use-stored-draft.ts';

export type Draft = { choice: string | null; reasonCode: string | null; text: string };

const empty: Draft = { choice: null, reasonCode: null, text: '' };

export function useDraft(userTaskKey: string): StoredDraft<Draft> {
  return useStoredDraft(`stellwerk.draft.${userTaskKey}`, empty);
}
