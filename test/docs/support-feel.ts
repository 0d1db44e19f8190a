// The support page's tables of FEEL: built-in functions with Camunda's examples, and the counts of the DMN kit.
import { camundaBuiltins } from '@camunda/feel-builtins';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { tckFeelDifferences, tckFeelTotal } from '../conformance/tck-feel-differences.ts';
import { examples, notCompared, valueOf } from '../engine/expression/builtin-examples.ts';

/** A row per function of Camunda's list. */
export function builtinsTable(): string {
  const rows = camundaBuiltins.map(({ name, params }) => {
    const own = examples.filter((example) => example.name === name);
    const compared = own.filter(({ expression }) => !(expression in notCompared));
    const same = compared.filter(({ expression, result }) => isDeepStrictEqual(resultOf(expression), resultOf(result)));
    const left = own.flatMap(({ expression }) => (expression in notCompared ? [`\`${cell(expression)}\`: ${notCompared[expression] ?? ''}`] : []));
    return `| \`${name}(${(params ?? []).map((parameter) => parameter.name).join(', ')})\` | ${own.length} | ${same.length} | ${left.join('; ') || '–'} |`;
  });
  const functions = new Set(camundaBuiltins.map(({ name }) => name)).size;
  return [`${camundaBuiltins.length} signatures of ${functions} functions, all there; ${examples.length} examples, of which ${Object.keys(notCompared).length} cannot be compared.`, '', '| function | examples | the same | not compared, and why |', '|---|---|---|---|', ...rows].join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function resultOf(source: string): unknown {
  const found = valueOf(source);
  return typeof found === 'object' && found !== null && 'value' in found ? found.value : found;
}

/** Counts of both parts of the DMN kit; failures of FEEL cases by name, those of decision models on their own page. */
export function tckCounts(): string {
  const failing = tckFeelDifferences.reduce((sum, { cases }) => sum + cases.length, 0);
  const decisions = /(\d+) of (\d+) cases pass/.exec(readFileSync(new URL('../../docs/dmn-tck.md', import.meta.url), 'utf8'));
  const rows = tckFeelDifferences.map(({ suite, reason, cases }) => `| ${suite} | ${cases.length} | ${cell(reason)} | ${cases.join(' ')} |`);
  return [
    `FEEL cases: ${tckFeelTotal - failing} of ${tckFeelTotal} pass (the library feelin: 1750). Decision models: ${decisions?.[1] ?? '?'} of ${decisions?.[2] ?? '?'} pass (Camunda's own engine: 2854), [those that do not, by name](dmn-tck.md).`,
    '', '| suite | FEEL cases that differ | why | which |', '|---|---|---|---|', ...rows,
  ].join('\n');
}
