/** Checks that each case that was erased by age was decided, and old enough by the rule that its record names. */
import { readJson } from '../store/json-column.ts';
import { DecisionServiceDefinition } from '../services/definition.ts';
import type { ChainReader } from './chain-reader.ts';

export type ErasureCheck = {
  /** Reads the erasures of these records, a page at a time. */
  load(from: number, to: number): Promise<void>;
  /** Asked after the record's row was compared with it, and the records before it. */
  fault(record: { seq: number; kind: string }): Promise<string | null>;
};

const dayMs = 86_400_000;

export function createErasureCheck(db: ChainReader['db']): ErasureCheck {
  const daysByVersion = new Map<string, number | null>();

  const daysOf = async (service: string, version: number): Promise<number | null> => {
    const name = `${service}/${version}`;
    const known = daysByVersion.get(name);
    if (known !== undefined) return known;
    const row = await db.selectFrom('services').select('definition').where('service', '=', service).where('version', '=', version).executeTakeFirst();
    const days = row ? readJson(DecisionServiceDefinition, row.definition).retentionDays : null;
    daysByVersion.set(name, days);
    return days;
  };
  const read = (from: number, to: number) =>
    db
      .selectFrom('case_erasures as e')
      .innerJoin('cases as c', 'c.case_id', 'e.case_id')
      .leftJoin('decisions as d', 'd.case_id', 'e.case_id')
      .select(['e.service', 'e.service_version', 'e.decided_at', 'e.erased_at', 'c.service as service_of_case', 'd.decided_at as decision_at', 'e.record_seq'])
      .where('e.record_seq', '>=', from)
      .where('e.record_seq', '<=', to)
      .execute();
  let erasures = new Map<number, Awaited<ReturnType<typeof read>>[number]>();
  return {
    load: async (from, to) => {
      erasures = new Map((await read(from, to)).map((row) => [row.record_seq, row]));
    },
    fault: async ({ seq, kind }) => {
      if (kind !== 'case-erased') return null;
      const row = erasures.get(seq);
      const days = row ? await daysOf(row.service, row.service_version) : null;
      if (row && days !== null && row.service === row.service_of_case && row.decision_at === row.decided_at && row.erased_at - row.decided_at >= days * dayMs) return null;
      return `Record ${seq} erased a case that was not decided, or not so long ago as the version of the service that it names says.`;
    },
  };
}
