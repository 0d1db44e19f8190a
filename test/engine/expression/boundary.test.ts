// The boundary: constants, syntax errors, references, messages, limits.
import { describe, expect, it } from 'vitest';
import { compileExpression, compileFeel, describeMismatch, evaluate } from '../../../engine/expression/index.ts';
import { environment, evaluation, feel } from './feel.ts';

describe('compiling', () => {
  it('takes a source without a leading = as the literal string', () => {
    const compiled = compileExpression('P1D');
    expect(compiled).toMatchObject({ kind: 'constant', variables: [] });
    expect('error' in compiled ? compiled : evaluate(compiled, {}, environment)).toMatchObject({ ok: true, value: 'P1D' });
  });

  it('takes a source with a leading = as FEEL', () => {
    const compiled = compileExpression('= "P" + days + "D"');
    expect('error' in compiled ? compiled : evaluate(compiled, { days: '3' }, environment)).toMatchObject({ ok: true, value: 'P3D' });
  });

  it.each([
    ['= a >', "Failed to parse the expression 'a >': unexpected the end of the expression at line 1, column 5"],
    ['= 1 + \n * 2', "Failed to parse the expression '1 + \n * 2': unexpected '* 2' at line 2, column 2"],
    ['=', "the expression '=' is empty; write a FEEL expression"],
    ['= (1, 2)', "Failed to parse the expression '(1, 2)': unexpected"],
  ])('says where %j is no FEEL', (source, message) => {
    const found = compileExpression(source);
    expect('error' in found ? found.error : 'compiled').toContain(message);
  });

  it('names the variables that an expression may read', () => {
    const compiled = compileFeel('a.b > c and count(list[x > 1]) > 0');
    expect('error' in compiled ? [] : compiled.variables.toSorted()).toEqual(['a', 'c', 'count', 'list', 'x']);
  });

  it('gives the same object for the same source', () => {
    expect(compileFeel('1 + 1')).toBe(compileFeel('1 + 1'));
  });

  it('reads variables one by one from a function', () => {
    const read: string[] = [];
    const compiled = compileExpression('=if a then b else c');
    if ('error' in compiled) throw new Error(compiled.error);
    const found = evaluate(compiled, (name) => { read.push(name); return name === 'a' ? true : name; }, environment);
    expect(found).toMatchObject({ ok: true, value: 'b' });
    expect(read).toEqual(['a', 'b']);
  });
});

describe('messages', () => {
  it('describes a result of the wrong type as Zeebe does, with its warnings', () => {
    const compiled = compileExpression('= x > 1');
    if ('error' in compiled) throw new Error(compiled.error);
    const found = evaluate(compiled, {}, environment);
    expect(found.ok ? describeMismatch(compiled, 'BOOLEAN', found) : '').toBe(
      "Expected result of the expression 'x > 1' to be 'BOOLEAN', but was 'NULL'. The evaluation reported the following warnings:\n"
      + "[NO_VARIABLE_FOUND] No variable found with name 'x'\n[NOT_COMPARABLE] Can't compare 'null' with '1'",
    );
  });

  it.each([
    ['{a: 1}.b', "No context entry found with key 'b'. Available keys: 'a'"],
    ['nothing.b', "No context entry found with key 'b'. The context is null"],
    ['@"P1Y".days', "No property found with name 'days' of value 'P1Y'. Available properties: 'years', 'months'"],
    ['abs("x")', `Failed to invoke function 'abs': Illegal arguments: "x"`],
    ['missing(1)', "No function found with name 'missing' and 1 parameters"],
    ['1 + "a"', `Can't add '"a"' to '1'`],
    ['matches("a", "[")', "Failed to invoke function 'matches': Invalid pattern '['"],
  ])('says why %s has a null in it', (source, message) => {
    expect(evaluation(source).warnings.map((warning) => warning.message).join('\n')).toContain(message);
  });

  it('fails where an assertion does not hold', () => {
    expect(evaluation('assert(x, x > 5, "x is too small")', { x: 1 })).toMatchObject({
      ok: false,
      message: `Assertion failure on evaluate the expression 'assert(x, x > 5, "x is too small")': x is too small`,
    });
    expect(feel('assert(x, x > 5)', { x: 6 })).toBe(6);
  });
});

describe('limits', () => {
  it.each([
    'for i in 1..1000000000 return i',
    'for a in 1..100000, b in 1..100000 return a * b',
    'every x in 1..1000000000 satisfies x > 0',
    'for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]]',
    'for i in 1..60 return if i = 1 then "aaaaaaaaaa" else partial[-1] + partial[-1]',
    '{f: function(x) f(x) + f(x), r: f(1)}.r',
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")',
    'replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "(a|a)*c", "x")',
    'distinct values(for i in 1..20000 return {a: i})',
  ])('stops %s with a sentence instead of hanging', (source) => {
    const found = evaluation(source);
    expect(found.ok).toBe(false);
    expect(found.ok ? '' : found.message).toMatch(/^Failed to evaluate expression '.*': the evaluation was stopped: /s);
  });

  it('lets an honest amount of work through', () => {
    expect(feel('sum(for i in 1..50000 return i)')).toBe(1_250_025_000);
    expect(feel('{f: function(n) if n = 0 then 0 else n + f(n - 1), r: f(100)}.r')).toBe(5050);
  });

  it.each([`${'('.repeat(5000)}1${')'.repeat(5000)}`, '['.repeat(3000), `"${'x'.repeat(200_000)}"`])('refuses a source that is too deep or too long', (source) => {
    expect('error' in compileFeel(source)).toBe(true);
  });
});
