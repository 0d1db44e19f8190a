/** What a case is called on pages: "Credit application K-2026-11842", or by its own id where the caller gave none. */
export function caseLabel(task: { businessId: string | null; caseId: string }): string {
  return task.businessId ?? shortId(task.caseId);
}

/** Long ids are shown by their ends; pages put the whole id into the tooltip. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 6)}…${id.slice(-4)}`;
}
