// Builders of what surrounds other elements: event and ad-hoc sub-processes, multi-instance, compensation.
import { escape, mappings, type Extras, type Flow, type Node } from './diagram.ts';
import { boundary, compensation, service } from './elements.ts';

/** Its first element must be a start event with a trigger. */
export const eventSubProcess = (id: string, nodes: readonly Node[], flows: readonly Flow[], extras: Extras = {}): Node =>
  ({ tag: 'subProcess', id, attributes: { triggeredByEvent: 'true' }, extensions: mappings(extras), inside: { nodes, flows } });

export type AdHocOptions = Extras & {
  /** An expression of a list of ids. */
  readonly active?: string;
  readonly condition?: string;
  readonly cancelRemaining?: boolean;
  readonly output?: { readonly collection: string; readonly element: string };
  /** A job worker decides what runs. */
  readonly type?: string;
  readonly retries?: string;
};

export function adHoc(id: string, nodes: readonly Node[], flows: readonly Flow[], options: AdHocOptions = {}): Node {
  const { active, condition, cancelRemaining, output, type, retries } = options;
  const attribute = (name: string, value: string | undefined) => value === undefined ? '' : ` ${name}="${escape(value)}"`;
  const definition = attribute('activeElementsCollection', active) + attribute('outputCollection', output?.collection) + attribute('outputElement', output?.element);
  const job = type === undefined ? '' : `<zeebe:taskDefinition type="${escape(type)}"${attribute('retries', retries)}/>`;
  return {
    tag: 'adHocSubProcess', id, attributes: cancelRemaining === undefined ? {} : { cancelRemainingInstances: String(cancelRemaining) },
    extensions: (definition === '' ? '' : `<zeebe:adHoc${definition}/>`) + job + mappings(options),
    tail: condition === undefined ? '' : `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${escape(condition)}</bpmn:completionCondition>`,
    inside: { nodes, flows },
  };
}

export type LoopOptions = {
  readonly sequential?: boolean;
  readonly item?: string;
  readonly output?: { readonly collection: string; readonly element: string };
  readonly condition?: string;
};

/** The same activity, once per item of the collection. */
export function multi(node: Node, collection: string, { sequential = false, item, output, condition }: LoopOptions = {}): Node {
  const attribute = (name: string, value: string | undefined) => value === undefined ? '' : ` ${name}="${escape(value)}"`;
  const loop = `<zeebe:loopCharacteristics${attribute('inputCollection', collection)}${attribute('inputElement', item)}${attribute('outputCollection', output?.collection)}${attribute('outputElement', output?.element)}/>`;
  const enough = condition === undefined ? '' : `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${escape(condition)}</bpmn:completionCondition>`;
  return { ...node, body: `${node.body ?? ''}<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}"><bpmn:extensionElements>${loop}</bpmn:extensionElements>${enough}</bpmn:multiInstanceLoopCharacteristics>` };
}

/** A compensation boundary event on an activity, its handler, and the association between them. */
export function undoneBy(activity: string, handler: Node = service(`undo-${activity}`)): readonly Node[] {
  const id = `undone-${activity}`;
  return [
    boundary(id, activity, compensation()),
    { ...handler, attributes: { ...handler.attributes, isForCompensation: 'true' } },
    { tag: 'association', id: `to-${handler.id}`, attributes: { associationDirection: 'One', sourceRef: id, targetRef: handler.id } },
  ];
}
