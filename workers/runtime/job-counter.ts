// Counts how jobs ended, by type, for the metrics page.

export const jobEndings = ['completed', 'bpmn-error', 'retried', 'incident', 'given-back', 'gone'] as const;
export type JobEnding = (typeof jobEndings)[number];

export type WorkerMetrics = Record<string, { running: number; endings: Record<JobEnding, number> }>;

export type JobCounter = {
  started(type: string): void;
  ended(type: string, ending: JobEnding): void;
  metrics(): WorkerMetrics;
};

/** One row per worker from the start, so that a worker without jobs shows as zero. */
export function createJobCounter(types: readonly string[]): JobCounter {
  const rows = new Map(types.map((type) => [type, emptyRow()]));
  const rowOf = (type: string) => {
    const row = rows.get(type) ?? emptyRow();
    rows.set(type, row);
    return row;
  };
  return {
    started(type) {
      rowOf(type).running += 1;
    },
    ended(type, ending) {
      const row = rowOf(type);
      row.running -= 1;
      row.endings[ending] += 1;
    },
    metrics: () => Object.fromEntries([...rows].map(([type, row]) => [type, { running: row.running, endings: { ...row.endings } }])),
  };
}

function emptyRow(): WorkerMetrics[string] {
  return { running: 0, endings: { completed: 0, 'bpmn-error': 0, retried: 0, incident: 0, 'given-back': 0, gone: 0 } };
}
