/** The evidence that pages read has the very shapes that the ledger keeps: two files, because pages may import the contract alone. */
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import * as contract from '../../api/contract/evidence.ts';
import * as releases from '../../api/contract/releases.ts';
import * as kept from '../../ledger/releases/evidence-document.ts';
import * as ledger from '../../ledger/index.ts';

describe('the contract of releases', () => {
  const shapeOf = (schema: z.ZodType) => withoutNames(z.toJSONSchema(schema));

  it.each(Object.keys(kept.evidenceSchemas) as kept.EvidenceKind[])('describes the evidence "%s" as the ledger does', (kind) => {
    expect(shapeOf(contract.evidenceSchemas[kind])).toEqual(shapeOf(kept.evidenceSchemas[kind]));
  });

  it('has its types too', () => {
    expectTypeOf<contract.EvidenceDocument>().toEqualTypeOf<kept.EvidenceDocument>();
    expectTypeOf<releases.ReleaseState>().toEqualTypeOf<ledger.ReleaseState>();
    expectTypeOf<releases.ReleaseAction>().toEqualTypeOf<ledger.ReleaseAction>();
    expectTypeOf<releases.EvidenceKind>().toEqualTypeOf<ledger.EvidenceKind>();
    expectTypeOf<z.infer<typeof releases.ReleaseSource>>().toEqualTypeOf<ledger.ReleaseSource>();
    expectTypeOf<z.infer<typeof releases.ReassessmentAnswer>>().toEqualTypeOf<ledger.ReassessmentAnswer>();
    expectTypeOf<releases.ReleaseAlarm['kind']>().toEqualTypeOf<ledger.AlarmKind>();
  });

  it('knows each word that the ledger uses', () => {
    expect(releases.ReleaseState.options).toEqual(ledger.releaseStates);
    expect(releases.ReleaseKind.options).toEqual(ledger.releaseKinds);
    expect(releases.ReleaseSource.options).toEqual(ledger.releaseSources);
    expect(releases.ReleaseAction.options).toEqual(ledger.releaseActions);
    expect(releases.ReassessmentAnswer.options).toEqual(ledger.reassessmentAnswers);
    expect(releases.EvidenceKind.options).toEqual(Object.keys(kept.evidenceSchemas));
  });
});

/** Names under which shapes are published, and texts for readers, are the contract's own: in the ledger a text of both languages may not be empty. */
function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames);
  if (typeof value !== 'object' || value === null) return value;
  const { $defs, $ref, id: _id, minLength: _minLength, ...rest } = value as Record<string, unknown>;
  void $defs;
  if (typeof $ref === 'string') return 'a text in both languages';
  return isText(rest) ? 'a text in both languages' : Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, withoutNames(member)]));
}

function isText({ properties }: Record<string, unknown>): boolean {
  return typeof properties === 'object' && properties !== null && Object.keys(properties).join() === 'de,en';
}
