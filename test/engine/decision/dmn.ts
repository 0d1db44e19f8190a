// Writes DMN files for tests in a few lines.

export type RuleRow = { readonly when: readonly string[]; readonly then: readonly string[] };
export type TableOf = {
  readonly id?: string;
  readonly hitPolicy?: string;
  readonly aggregation?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly { readonly name: string; readonly values?: string; readonly otherwise?: string }[];
  readonly rules: readonly RuleRow[];
  readonly requires?: readonly string[];
};

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const text = (value: string): string => `<text>${escape(value)}</text>`;

const requirements = (owner: string, ids: readonly string[] = []): string =>
  ids.map((id, index) => `<informationRequirement id="${owner}-requires-${index}"><requiredDecision href="#${id}"/></informationRequirement>`).join('');

/** A decision with a table; rules are r1, r2, …, inputs i1, …, outputs o1, …. */
export function table({ id = 'decision', hitPolicy, aggregation, inputs, outputs, rules, requires }: TableOf): string {
  const policy = `${hitPolicy === undefined ? '' : ` hitPolicy="${hitPolicy}"`}${aggregation === undefined ? '' : ` aggregation="${aggregation}"`}`;
  return `<decision id="${id}" name="Name of ${id}">${requirements(id, requires)}<decisionTable id="${id}-table"${policy}>
    ${inputs.map((expression, index) => `<input id="i${index + 1}"><inputExpression id="ie${index + 1}">${text(expression)}</inputExpression></input>`).join('')}
    ${outputs.map(({ name, values, otherwise }, index) =>
      `<output id="o${index + 1}" name="${name}">${values === undefined ? '' : `<outputValues>${text(values)}</outputValues>`}${otherwise === undefined ? '' : `<defaultOutputEntry>${text(otherwise)}</defaultOutputEntry>`}</output>`).join('')}
    ${rules.map(({ when, then }, index) =>
      `<rule id="r${index + 1}">${when.map((entry) => `<inputEntry>${text(entry)}</inputEntry>`).join('')}${then.map((entry) => `<outputEntry>${text(entry)}</outputEntry>`).join('')}</rule>`).join('')}
  </decisionTable></decision>`;
}

/** A decision with a literal expression; its variable has the name that others see, when given. */
export function literal(id: string, expression: string, options: { readonly variable?: string; readonly requires?: readonly string[] } = {}): string {
  const variable = options.variable === undefined ? '' : `<variable id="${id}-variable" name="${options.variable}"/>`;
  return `<decision id="${id}" name="Name of ${id}">${variable}${requirements(id, options.requires)}<literalExpression id="${id}-expression">${text(expression)}</literalExpression></decision>`;
}

export const definitions = (...elements: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="drg" name="Graph" namespace="http://example">
${elements.join('\n')}
</definitions>`;
