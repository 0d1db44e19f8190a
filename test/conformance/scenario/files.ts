// Writes the other files that a deployment holds: decision tables, literal expressions and forms.
import { escape } from './diagram.ts';
import type { Resource } from './scenario.ts';

export type Decision = {
  readonly id: string;
  readonly requires?: readonly string[];
  readonly versionTag?: string;
} & (
  | { readonly literal: string; readonly variable: string }
  | {
      readonly hitPolicy: string;
      readonly aggregation?: string;
      readonly inputs: readonly string[];
      readonly outputs: readonly string[];
      /** The values of each output, the most important first. */
      readonly outputValues?: readonly string[];
      /** One row of unary tests followed by output expressions. */
      readonly rules: readonly (readonly string[])[];
    }
);

/** A file with one decision requirements graph. */
export function decisions(id: string, list: readonly Decision[]): Resource {
  return {
    name: `${id}.dmn`,
    text: `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="${id}" name="${id}" namespace="http://camunda.org/schema/1.0/dmn">
${list.map(decisionXml).join('\n')}
</definitions>`,
  };
}

/** A file with one decision table. */
export const table = (id: string, rest: Omit<Extract<Decision, { hitPolicy: string }>, 'id'>): Resource => decisions(`${id}-graph`, [{ id, ...rest }]);

/** A form of one text field. */
export const form = (id: string): Resource => formWith(id, {});
export const formWith = (id: string, { label = 'Note', versionTag }: { readonly label?: string; readonly versionTag?: string }): Resource =>
  ({ name: `${id}.form`, text: JSON.stringify({ id, type: 'default', schemaVersion: 16, ...(versionTag === undefined ? {} : { versionTag }), components: [{ type: 'textfield', key: 'note', label, id: 'field' }] }) });

function decisionXml(decision: Decision): string {
  const required = (decision.requires ?? []).map((other, index) => `<informationRequirement id="${decision.id}-needs-${index}"><requiredDecision href="#${other}"/></informationRequirement>`).join('');
  const tag = decision.versionTag === undefined ? '' : `<extensionElements><zeebe:versionTag xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" value="${escape(decision.versionTag)}"/></extensionElements>`;
  return `<decision id="${decision.id}" name="${decision.id}">${tag}${'literal' in decision ? `<variable id="${decision.id}-v" name="${decision.variable}"/>${required}<literalExpression id="${decision.id}-l"><text>${escape(decision.literal)}</text></literalExpression>` : required + tableXml(decision)}</decision>`;
}

function tableXml(decision: Extract<Decision, { hitPolicy: string }>): string {
  const { id, hitPolicy, aggregation, inputs, outputs, outputValues = [], rules } = decision;
  const text = (tag: string, name: string, value: string) => `<${tag} id="${name}"><text>${escape(value)}</text></${tag}>`;
  return `<decisionTable id="${id}-t" hitPolicy="${hitPolicy}"${aggregation === undefined ? '' : ` aggregation="${aggregation}"`}>
${inputs.map((input, index) => `<input id="${id}-i${index}" label="${escape(input)}">${text('inputExpression', `${id}-e${index}`, input)}</input>`).join('')}
${outputs.map((output, index) => `<output id="${id}-o${index}" name="${output}" typeRef="Any">${outputValues[index] === undefined ? '' : text('outputValues', `${id}-ov${index}`, outputValues[index])}</output>`).join('')}
${rules.map((cells, row) => `<rule id="${id}-r${row}">${cells.map((cell, column) => text(column < inputs.length ? 'inputEntry' : 'outputEntry', `${id}-r${row}c${column}`, cell)).join('')}</rule>`).join('\n')}
</decisionTable>`;
}
