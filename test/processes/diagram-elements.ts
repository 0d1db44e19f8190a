// Reads the elements of a diagram as far as tests look at them.
import { readFileSync } from 'node:fs';
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };

export type Element = {
  $type: string;
  id: string;
  name?: string;
  $parent?: Element;
  attachedToRef?: Element;
  triggeredByEvent?: boolean;
  incoming?: unknown[];
  outgoing?: unknown[];
  messageRef?: { name: string };
  eventDefinitions?: { $type: string; errorRef?: { errorCode: string }; messageRef?: { name: string } }[];
  extensionElements?: { values: Extension[] };
};
export type Extension = { $type: string; type?: string; retries?: string; processId?: string; decisionId?: string; outputParameters?: { target: string }[]; inputParameters?: { target: string }[] };

export async function elementsOf(file: string): Promise<Element[]> {
  const moddle = new BpmnModdle({ zeebe }) as unknown as { fromXML(xml: string): Promise<{ elementsById: Record<string, unknown> }> };
  const { elementsById } = await moddle.fromXML(readFileSync(file, 'utf8'));
  return Object.values(elementsById) as unknown as Element[];
}

export const extension = (element: Element, type: string) => element.extensionElements?.values.find((value) => value.$type === type);
export const jobTypeOf = (element: Element): string | undefined => extension(element, 'zeebe:TaskDefinition')?.type;
