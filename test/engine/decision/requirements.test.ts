// Graphs: required decisions, business knowledge, boxed expressions, failures on the way.
import { describe, expect, it } from 'vitest';
import { decide, drgOf, outputOf } from './decide.ts';
import { definitions, literal, table } from './dmn.ts';

describe('required decisions', () => {
  const graph = definitions(
    literal('decision', 'base + byVariable', { requires: ['base', 'other'] }),
    literal('base', 'amount * 2'),
    literal('other', 'base + 1', { variable: 'byVariable', requires: ['base'] }),
  );

  it('are seen by the name of their variable, else by their id', async () => {
    expect(await outputOf(graph, { amount: 10 })).toBe(41);
  });

  it('are evaluated once each, before the one that was asked for', async () => {
    const result = await decide(graph, { amount: 10 });
    expect(result.evaluatedDecisions.map(({ decisionDefinitionId, output }) => [decisionDefinitionId, output])).toEqual([['base', 20], ['other', 21], ['decision', 41]]);
  });

  it('hand on dates as dates, not as texts', async () => {
    expect(await outputOf(definitions(literal('decision', 'due.year', { requires: ['due'] }), literal('due', 'date(day) + @"P1Y"')), { day: '2026-05-01' })).toBe(2027);
  });

  it('hide a process variable of the same name', async () => {
    expect(await outputOf(definitions(literal('decision', 'base', { requires: ['base'] }), literal('base', '1')), { base: 2 })).toBe(1);
  });

  it('stop the evaluation where one fails, and the failure says which', async () => {
    const xml = definitions(literal('decision', 'base', { requires: ['base'] }), literal('base', 'assert(x, x != null)'));
    expect(await decide(xml, {})).toMatchObject({
      ok: false,
      failedDecisionDefinitionId: 'base',
      failureMessage: "Expected to evaluate decision 'decision', but Assertion failure on evaluate the expression 'assert(x, x != null)': The condition is not fulfilled",
      evaluatedDecisions: [{ decisionDefinitionId: 'base', output: null }],
    });
  });

  it('can be asked for by themselves', async () => {
    expect(await outputOf(graph, { amount: 4 }, 'base')).toBe(8);
    expect(await decide(graph, {}, 'unknown')).toMatchObject({ ok: false, failureMessage: "Expected to evaluate decision 'unknown', but no decision found for id 'unknown'" });
  });
});

describe('boxed expressions', () => {
  it('call business knowledge models, which may call others', async () => {
    const xml = definitions(
      '<businessKnowledgeModel id="vat" name="vat"><encapsulatedLogic><formalParameter name="net"/><literalExpression><text>net * rate()</text></literalExpression></encapsulatedLogic><knowledgeRequirement id="k2"><requiredKnowledge href="#rate"/></knowledgeRequirement></businessKnowledgeModel>',
      '<businessKnowledgeModel id="rate" name="rate"><encapsulatedLogic><literalExpression><text>0.19</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>',
      '<decision id="decision" name="d"><knowledgeRequirement id="k"><requiredKnowledge href="#vat"/></knowledgeRequirement><literalExpression><text>vat(amount)</text></literalExpression></decision>',
    );
    expect(await outputOf(xml, { amount: 100 })).toBe(19);
  });

  it('make contexts, lists and relations', async () => {
    const boxed = (inner: string): string => definitions(`<decision id="decision" name="d">${inner}</decision>`);
    const entry = (name: string | undefined, text: string): string => `<contextEntry>${name === undefined ? '' : `<variable name="${name}"/>`}<literalExpression><text>${text}</text></literalExpression></contextEntry>`;
    expect(await outputOf(boxed(`<context>${entry('a', 'x + 1')}${entry('b', 'a * 2')}</context>`), { x: 1 })).toEqual({ a: 2, b: 4 });
    expect(await outputOf(boxed(`<context>${entry('a', 'x + 1')}${entry(undefined, 'a * 2')}</context>`), { x: 1 })).toBe(4);
    expect(await outputOf(boxed('<list><literalExpression><text>x</text></literalExpression><literalExpression><text>2</text></literalExpression></list>'), { x: 1 })).toEqual([1, 2]);
    expect(await outputOf(boxed('<relation><column name="a"/><column name="b"/><row><literalExpression><text>1</text></literalExpression><literalExpression><text>x</text></literalExpression></row></relation>'), { x: 5 })).toEqual([{ a: 1, b: 5 }]);
  });

  it('share one budget, so that no graph hangs', async () => {
    const xml = definitions(
      '<businessKnowledgeModel id="f" name="f"><encapsulatedLogic><formalParameter name="n"/><literalExpression><text>f(n) + f(n)</text></literalExpression></encapsulatedLogic><knowledgeRequirement id="k2"><requiredKnowledge href="#f"/></knowledgeRequirement></businessKnowledgeModel>',
      '<decision id="decision" name="d"><knowledgeRequirement id="k"><requiredKnowledge href="#f"/></knowledgeRequirement><literalExpression><text>for i in 1..100000000 return f(1)</text></literalExpression></decision>',
    );
    expect((await decide(xml, {})).ok).toBe(false);
  });
});

describe('a parsed graph', () => {
  it('tells its id, its decisions, their types, requirements and version tags', async () => {
    const tagged = literal('decision', '1', { requires: ['other'] }).replace('<informationRequirement', '<extensionElements><zeebe:versionTag value="v2"/></extensionElements><informationRequirement');
    const drg = await drgOf(definitions(tagged, table({ id: 'other', inputs: ['a'], outputs: [{ name: 'r' }], rules: [] })));
    expect(drg).toMatchObject({
      id: 'drg',
      name: 'Graph',
      decisions: [
        { id: 'decision', name: 'Name of decision', type: 'LITERAL_EXPRESSION', requiredDecisionIds: ['other'], versionTag: 'v2' },
        { id: 'other', type: 'DECISION_TABLE', requiredDecisionIds: [] },
      ],
    });
  });
});
