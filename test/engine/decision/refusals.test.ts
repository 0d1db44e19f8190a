// What cannot be deployed is refused with its name, its place and the reason.
import { describe, expect, it } from 'vitest';
import { refusalOf } from './decide.ts';
import { definitions, literal, table, type TableOf } from './dmn.ts';

const small: TableOf = { inputs: ['a'], outputs: [{ name: 'r' }], rules: [{ when: ['1'], then: ['2'] }] };
const boxed = (inner: string): string => definitions(`<decision id="decision" name="d">${inner}</decision>`);

describe('a DMN file', () => {
  it.each([
    ['is no XML', 'nothing', 'the file is no DMN: expected the namespace https://www.omg.org/spec/DMN/20191111/MODEL/ (DMN 1.3)'],
    ['is of another kind', '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', 'the file is no DMN'],
    ['is broken', definitions('<decision id="a" name="A">'), 'at line 4: closing tag mismatch'],
    ['holds an unknown element', definitions('<decisio id="a"/>'), 'unparsable content <decisio> detected at line 3: unknown type <dmn:Decisio>'],
    ['holds no decision', definitions('<inputData id="x" name="x"/>'), "the decision requirements graph 'drg' holds no decision"],
    ['has no id', definitions(literal('a', '1')).replace(' id="drg"', ''), '<definitions> has no id'],
    ['uses an id twice', definitions(literal('a', '1'), literal('a', '2')), 'at line 4: duplicate ID <a>'],
    ['has a decision without logic', boxed(''), "decision 'decision' has no decision logic; add a decision table or a literal expression"],
    ['has a decision that requires a missing one', definitions(literal('a', '1', { requires: ['b'] })), "decision 'a' requires the decision 'b', which the file does not hold"],
    ['has decisions that require one another', definitions(literal('a', '1', { requires: ['b'] }), literal('b', '1', { requires: ['a'] })), "the decisions 'a' → 'b' → 'a' require one another"],
    ['holds a decision service', definitions(literal('a', '1'), '<decisionService id="s" name="s"/>'), "<decisionService> 's' is not supported"],
    ['imports another', definitions('<import name="x" namespace="y" importType="z"/>', literal('a', '1')), 'imports of other DMN files are not supported'],
    ['has a Java function', boxed('<functionDefinition kind="Java"><literalExpression><text>1</text></literalExpression></functionDefinition>'), "functions of kind 'Java' are not supported"],
    ['has an expression of another language', boxed('<literalExpression expressionLanguage="javascript"><text>1</text></literalExpression>'), "the expression language 'javascript' is not supported, only FEEL is"],
    ['has a literal expression that is no FEEL', definitions(literal('a', '1 +')), "decision 'a', literal expression: Failed to parse the expression '1 +': unexpected the end of the expression at line 1, column 4"],
    ['has an input that is no FEEL', definitions(table({ ...small, inputs: ['a b (('] })), "decision 'decision', input 'a b ((': Failed to parse the expression"],
    ['has a rule that is no FEEL', definitions(table({ ...small, rules: [{ when: ['> '], then: ['2'] }] })), "decision 'decision', rule 1, input 'a': Failed to parse the expression '>'"],
    ['has a rule with an output that is no FEEL', definitions(table({ ...small, rules: [{ when: ['1'], then: ['"'] }] })), "decision 'decision', rule 1, output 'r': Failed to parse the expression"],
    ['has a rule with cells missing', definitions(table({ ...small, rules: [{ when: [], then: ['1'] }] })), "decision 'decision', rule 1: expected 1 input and 1 output entries but found 0 and 1"],
    ['aggregates several outputs', definitions(table({ ...small, hitPolicy: 'COLLECT', aggregation: 'SUM', outputs: [{ name: 'r' }, { name: 's' }], rules: [] })), 'hit policy COLLECT with aggregator SUM is not defined for 2 outputs'],
    ['has a hit policy that nobody knows', definitions(table({ ...small, hitPolicy: 'LAST' })), "decision 'decision': the hit policy 'LAST' is not known"],
  ])('that %s is refused', async (_, xml, message) => {
    expect(await refusalOf(xml)).toContain(message);
  });

  it.each(['http://www.omg.org/spec/DMN/20180521/', 'https://www.omg.org/spec/DMN/20211108/', 'https://www.omg.org/spec/DMN/20230324/'])(
    'of another version of DMN (%s) is read as far as it is the same, with its diagram',
    async (version) => {
      const drawn = `${literal('a', '1')}<dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"><dmndi:DMNDiagram/></dmndi:DMNDI>`;
      expect(await refusalOf(definitions(drawn).replaceAll('https://www.omg.org/spec/DMN/20191111/', version))).toBe('it was accepted');
    },
  );
});
