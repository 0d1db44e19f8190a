// Decision tables under every hit policy.
import { describe, expect, it } from 'vitest';
import { decide, outputOf } from './decide.ts';
import { definitions, table, type TableOf } from './dmn.ts';

const grades: TableOf = {
  inputs: ['score'],
  outputs: [{ name: 'grade', values: '"high", "middle", "low"' }],
  rules: [
    { when: ['> 10'], then: ['"low"'] },
    { when: ['> 20'], then: ['"middle"'] },
    { when: ['> 30'], then: ['"high"'] },
  ],
};
const withPolicy = (hitPolicy: string, more: Partial<TableOf> = {}): string => definitions(table({ ...grades, hitPolicy, ...more }));
const points = (aggregation?: string): string =>
  definitions(table({ hitPolicy: 'COLLECT', ...(aggregation === undefined ? {} : { aggregation }), inputs: ['score'], outputs: [{ name: 'points' }], rules: [{ when: ['> 10'], then: ['0.1'] }, { when: ['> 20'], then: ['0.2'] }, { when: ['> 30'], then: ['-5'] }] }));

describe('hit policies', () => {
  it('UNIQUE takes the one rule that matches, and is the default', async () => {
    expect(await outputOf(withPolicy('UNIQUE'), { score: 15 })).toBe('low');
    expect(await outputOf(definitions(table(grades)), { score: 15 })).toBe('low');
  });

  it('UNIQUE fails when several rules match, names them and keeps what was found', async () => {
    expect(await decide(withPolicy('UNIQUE'), { score: 25 })).toEqual({
      ok: false,
      failedDecisionDefinitionId: 'decision',
      failureMessage: `Expected to evaluate decision 'decision', but multiple values aren't allowed for UNIQUE hit policy. found: '"low", "middle"' (rules 1, 2)`,
      evaluatedDecisions: [expect.objectContaining({
        decisionDefinitionId: 'decision',
        output: null,
        evaluatedInputs: [{ inputId: 'i1', inputName: 'score', inputValue: 25 }],
        matchedRules: [expect.objectContaining({ ruleId: 'r1', ruleIndex: 1 }), expect.objectContaining({ ruleId: 'r2', ruleIndex: 2 })],
      })],
    });
  });

  it('FIRST takes the first rule that matches and looks no further', async () => {
    const result = await decide(withPolicy('FIRST'), { score: 35 });
    expect(result).toMatchObject({ ok: true, output: 'low', evaluatedDecisions: [{ matchedRules: [{ ruleIndex: 1 }] }] });
  });

  it('ANY takes equal values and fails for different ones', async () => {
    const any = (then: string): string => definitions(table({ hitPolicy: 'ANY', inputs: ['a'], outputs: [{ name: 'r' }], rules: [{ when: ['> 1'], then: ['1.0'] }, { when: ['> 2'], then: [then] }] }));
    expect(await outputOf(any('1'), { a: 3 })).toBe(1);
    expect(await decide(any('2'), { a: 3 })).toMatchObject({ ok: false, failureMessage: "Expected to evaluate decision 'decision', but different values aren't allowed for ANY hit policy. found: '1, 2' (rules 1, 2)" });
  });

  it('PRIORITY takes the value that stands first among the allowed ones', async () => {
    expect(await outputOf(withPolicy('PRIORITY'), { score: 25 })).toBe('middle');
    expect(await outputOf(withPolicy('PRIORITY'), { score: 35 })).toBe('high');
  });

  it('OUTPUT ORDER lists by the allowed values, RULE ORDER by the rules', async () => {
    expect(await outputOf(withPolicy('OUTPUT ORDER'), { score: 35 })).toEqual(['high', 'middle', 'low']);
    expect(await outputOf(withPolicy('RULE ORDER'), { score: 35 })).toEqual(['low', 'middle', 'high']);
  });

  it('COLLECT lists, and aggregates in decimals', async () => {
    expect(await outputOf(points(), { score: 25 })).toEqual([0.1, 0.2]);
    expect(await outputOf(points('SUM'), { score: 25 })).toBe(0.3);
    expect(await outputOf(points('MIN'), { score: 35 })).toBe(-5);
    expect(await outputOf(points('MAX'), { score: 35 })).toBe(0.2);
    expect(await outputOf(points('COUNT'), { score: 35 })).toBe(3);
  });

  it('COLLECT fails where there is no number to aggregate', async () => {
    const words = definitions(table({ ...grades, hitPolicy: 'COLLECT', aggregation: 'SUM' }));
    expect(await decide(words, { score: 15 })).toMatchObject({ ok: false, failureMessage: `Expected to evaluate decision 'decision', but expected number but found '"low"' to aggregate with SUM (rule 1)` });
  });

  it.each(['UNIQUE', 'FIRST', 'ANY', 'PRIORITY', 'OUTPUT ORDER', 'RULE ORDER', 'COLLECT'])('%s gives null when no rule matches', async (policy) => {
    expect(await outputOf(withPolicy(policy), { score: 1 })).toBeNull();
  });

  it('gives the default output when no rule matches', async () => {
    const withDefault = definitions(table({ ...grades, outputs: [{ name: 'grade', otherwise: '"none"' }] }));
    expect(await outputOf(withDefault, { score: 1 })).toBe('none');
  });

  it('makes a context of several outputs', async () => {
    const two = definitions(table({ hitPolicy: 'RULE ORDER', inputs: ['a'], outputs: [{ name: 'x' }, { name: 'y' }], rules: [{ when: ['-'], then: ['a + 1', '"one"'] }, { when: [''], then: ['null', '[a]'] }] }));
    expect(await outputOf(two, { a: 1 })).toEqual([{ x: 2, y: 'one' }, { x: null, y: [1] }]);
  });
});

describe('inputs', () => {
  it('does not match where a test cannot be told', async () => {
    expect(await outputOf(withPolicy('UNIQUE'), {})).toBeNull();
    expect(await outputOf(withPolicy('UNIQUE'), { score: 'much' })).toBeNull();
  });

  it('keeps the values of inputs and outputs for inspection, by id and label', async () => {
    const xml = withPolicy('UNIQUE').replace('<input id="i1">', '<input id="i1" label="Score of the case">');
    expect(await decide(xml, { score: 15 })).toMatchObject({
      evaluatedDecisions: [{
        decisionDefinitionName: 'Name of decision',
        decisionDefinitionType: 'DECISION_TABLE',
        output: 'low',
        evaluatedInputs: [{ inputId: 'i1', inputName: 'Score of the case', inputValue: 15 }],
        matchedRules: [{ ruleId: 'r1', ruleIndex: 1, evaluatedOutputs: [{ outputId: 'o1', outputName: 'grade', outputValue: 'low' }] }],
      }],
    });
  });
});
