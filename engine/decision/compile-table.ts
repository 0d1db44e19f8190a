// Compiles a decision table: input expressions, rules, outputs and the hit policy.
import { compileTests, compileText } from './compile-text.ts';
import { evaluateTable } from './evaluate-table.ts';
import { isAggregator, isHitPolicy } from './hit-policy.ts';
import { elementAt, elementsAt, textAt, type Element } from './moddle-element.ts';
import { NotDeployable, type Source } from './source.ts';
import type { DecisionLogic } from './logic.ts';
import type { Input, Output, Rule, Table } from './table.ts';

/** Compiles the table; every expression that is no FEEL is named with its rule and column. */
export function compileTable(element: Element, source: Source): DecisionLogic {
  const hitPolicy = textAt(element, 'hitPolicy') ?? 'UNIQUE';
  if (!isHitPolicy(hitPolicy)) throw new NotDeployable(`${source.owner}: the hit policy '${hitPolicy}' is not known`);
  const aggregator = textAt(element, 'aggregation');
  if (aggregator !== undefined && !isAggregator(aggregator)) throw new NotDeployable(`${source.owner}: the aggregation '${aggregator}' is not known`);
  const inputs = elementsAt(element, 'input').map((input, index) => compileInput(input, index, source));
  const outputs = elementsAt(element, 'output').map((output, index) => compileOutput(output, index, source));
  if (outputs.length === 0) throw new NotDeployable(`${source.owner}: the decision table has no output`);
  if (outputs.length > 1 && hitPolicy === 'COLLECT' && aggregator !== undefined) {
    throw new NotDeployable(`${source.owner}: hit policy COLLECT with aggregator ${aggregator} is not defined for ${outputs.length} outputs; keep one output`);
  }
  if (outputs.length > 1 && new Set(outputs.map(({ name }) => name)).size < outputs.length) throw new NotDeployable(`${source.owner}: each of its ${outputs.length} outputs needs a name of its own`);
  const rules = elementsAt(element, 'rule').map((rule, index) => compileRule(rule, index, { inputs, outputs, source }));
  const table: Table = { inputs, outputs, rules, hitPolicy, aggregator };
  return (scope) => evaluateTable(table, scope);
}

function compileInput(element: Element, index: number, source: Source): Input {
  const expression = elementAt(element, 'inputExpression');
  const text = expression === undefined ? undefined : textAt(expression, 'text');
  const label = textAt(element, 'label');
  if (expression === undefined || text === undefined) throw new NotDeployable(`${source.owner}, input ${index + 1}${label === undefined ? '' : ` '${label}'`}: the input has no expression`);
  return { id: textAt(element, 'id') ?? `input-${index + 1}`, name: label ?? text.trim(), expression: compileText(expression, source, `input '${label ?? text.trim()}'`) };
}

function compileOutput(element: Element, index: number, source: Source): Output {
  const id = textAt(element, 'id') ?? `output-${index + 1}`;
  const name = textAt(element, 'name') ?? '';
  const values = elementAt(element, 'outputValues');
  const text = values === undefined ? undefined : textAt(values, 'text');
  const otherwise = elementAt(element, 'defaultOutputEntry');
  const label = textAt(element, 'label') ?? (name === '' ? id : name);
  return {
    id,
    name,
    label,
    priorities: text === undefined ? undefined : compileText({ $type: 'dmn:LiteralExpression', text: `[${text}]` }, source, `values of output '${label}'`),
    otherwise: otherwise === undefined || textAt(otherwise, 'text') === undefined ? undefined : compileText(otherwise, source, `default of output '${label}'`),
  };
}

type Columns = { readonly inputs: readonly Input[]; readonly outputs: readonly Output[]; readonly source: Source };

function compileRule(element: Element, index: number, { inputs, outputs, source }: Columns): Rule {
  const tests = elementsAt(element, 'inputEntry');
  const values = elementsAt(element, 'outputEntry');
  const at = `rule ${index + 1}`;
  if (tests.length !== inputs.length || values.length !== outputs.length) {
    throw new NotDeployable(`${source.owner}, ${at}: expected ${inputs.length} input and ${outputs.length} output entries but found ${tests.length} and ${values.length}`);
  }
  return {
    id: textAt(element, 'id') ?? `rule-${index + 1}`,
    index: index + 1,
    tests: tests.map((test, column) => compileTests(test, source, `${at}, input '${inputs[column]?.name ?? column + 1}'`)),
    outputs: values.map((value, column) => compileText(value, source, `${at}, output '${outputs[column]?.label ?? column + 1}'`)),
  };
}
