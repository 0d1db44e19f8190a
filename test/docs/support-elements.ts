// The support page's tables of elements and events: what the engine's registry has, and in how many compared scenarios it occurs.
import { elementTypes } from '../../engine/element/index.ts';
import { corpus } from '../conformance/corpus/index.ts';
import { blockKinds } from '../conformance/random/blocks.ts';
import type { Scenario } from '../conformance/scenario/scenario.ts';

/** How an element looks in a file where its tag is not its type's name. */
const marks: Readonly<Record<string, RegExp>> = {
  EVENT_SUB_PROCESS: /triggeredByEvent="true"/,
  MULTI_INSTANCE_BODY: /<bpmn:multiInstanceLoopCharacteristics/,
  AD_HOC_SUB_PROCESS_INNER_INSTANCE: /<bpmn:adHocSubProcess[ >]/,
};
const camel = (type: string) => type.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const textOf = ({ steps }: Scenario): string => steps.flatMap((step) => (step.do === 'deploy' ? step.resources.map(({ text }) => text) : [])).join('\n');
const texts = corpus.map((scenario) => ({ scenario, text: textOf(scenario) }));
const withMark = (mark: RegExp) => texts.filter(({ text }) => mark.test(text)).map(({ scenario }) => scenario);

/** A row per element of the registry. */
export function elementsTable(): string {
  const rows = elementTypes.map((type) => {
    const scenarios = withMark(marks[type] ?? new RegExp(`<bpmn:${camel(type)}[ >]`));
    return `| ${type.toLowerCase().replaceAll('_', ' ')} | \`engine/element/${fileOf(type)}.ts\` | ${scenarios.length} |`;
  });
  return ['| element | file | compared scenarios with it |', '|---|---|---|', ...rows].join('\n');
}

const fileOf = (type: string) => (type === 'AD_HOC_SUB_PROCESS_INNER_INSTANCE' ? 'ad-hoc-sub-process' : type.toLowerCase().replaceAll('_', '-'));

const places: readonly (readonly [string, (definition: string) => RegExp])[] = [
  ['start', (definition) => inside('startEvent', definition)],
  ['catch', (definition) => inside('intermediateCatchEvent', definition)],
  ['boundary', (definition) => inside('boundaryEvent', definition)],
  ['throw', (definition) => inside('intermediateThrowEvent', definition)],
  ['end', (definition) => inside('endEvent', definition)],
];
const inside = (tag: string, definition: string) => new RegExp(`<bpmn:${tag} (?:(?!</bpmn:${tag}>)[\\s\\S])*<bpmn:${definition}EventDefinition`);

/** A row per event definition: scenarios with it at each place; start events include those of event sub-processes. */
export function eventsTable(): string {
  const rows = ['message', 'timer', 'signal', 'error', 'escalation', 'compensate', 'link', 'terminate', 'conditional'].map((definition) =>
    `| ${definition} | ${places.map(([, mark]) => withMark(mark(definition)).length || '–').join(' | ')} |`);
  return [`| event | ${places.map(([name]) => name).join(' | ')} |`, `|---|${places.map(() => '---|').join('')}`, ...rows].join('\n');
}

/** What random processes are made of. */
export const randomParts = (): string => blockKinds.map((kind) => `\`${kind}\``).join(', ');
