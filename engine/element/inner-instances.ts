// Inner instances of multi-instance: how each is made, what it gives, and what its body does when it completes.
import type { JsonValue } from '../expression/index.ts';
import type { ElementOf } from '../model/executable.ts';
import type { Decide } from '../processing/step.ts';
import { nothing } from '../processing/step.ts';
import { writeLocally } from '../variable/write-variables.ts';
import { evaluateAny, evaluateBoolean } from './evaluate.ts';
import { activationOf } from './inner-activation.ts';
import { mayBecome } from './lifecycle.ts';
import type { ElementCommand } from './records.ts';
import { hold, releaseHeld } from './terminate.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, Visit } from './visit.ts';
import { visitInstance } from './visit-instance.ts';

/** Makes one inner instance; of parallel ones each makes the next, so that they come in turn with what follows from them. */
export const createInner: Decide<Extract<ElementCommand, { type: 'multi-instance.create' }>> = ({ bodyKey, loopCounter }, view, step) => {
  const body = view.elements.get(bodyKey);
  if (body === undefined || body.phase !== 'ACTIVATED' || body.interruptedBy !== null) return nothing;
  const { element, definition } = visitInstance(view, step, body);
  if (element.type !== 'MULTI_INSTANCE_BODY') return nothing;
  const items = view.elements.itemsOf(bodyKey);
  step.followUps.push(activationOf({ element, definition, instance: { ...body, key: bodyKey }, view }, loopCounter, items[loopCounter - 1] ?? null));
  if (!element.loop.isSequential && loopCounter < items.length) step.followUps.push({ type: 'multi-instance.create', bodyKey, loopCounter: loopCounter + 1 });
  return nothing;
};

/** An inner instance completes: collects its output and answers what the body does next, to be called once it has completed. */
export function completeInner(visit: Visit): Failure | (() => void) {
  const { view, step, instance, definition } = visit;
  const body = view.elements.get(instance.scopeKey);
  const element = definition.model.elements[visit.element.id];
  if (body === undefined || element?.type !== 'MULTI_INSTANCE_BODY') throw new Error(`Inner instance ${instance.key} has no multi-instance body.`);
  const loopCounter = instance.loopCounter ?? 0;
  const failure = collectOutput(visit, element, loopCounter);
  if (failure !== undefined) return failure;
  const count = view.elements.itemsOf(body.key).length;
  const created = element.loop.isSequential ? loopCounter : count;
  const isEnough = meetsCondition(visit, element.loop, { created, active: body.tokens - 1 });
  if (isFailure(isEnough)) return { ...isEnough, keeps: step.events.length };
  return () => {
    const { key: bodyKey, processInstanceKey } = body;
    const completion = { type: 'element.complete', elementInstanceKey: bodyKey } as const;
    if (isEnough && view.elements.activeFrom(bodyKey, 0).some(({ key }) => key !== instance.key)) {
      // Those that are about to complete, or to begin, still do, as on a cluster.
      hold(step, bodyKey, [completion]);
      step.followUps.push({ type: 'scope.terminate-children', scopeKey: bodyKey });
      return;
    }
    if (isEnough) step.events.push({ type: 'scope.interrupted', scopeKey: bodyKey, processInstanceKey, by: '' });
    else if (element.loop.isSequential && loopCounter < count) {
      step.events.push({ type: 'token.added', scopeKey: bodyKey, processInstanceKey });
      step.followUps.push({ type: 'multi-instance.create', bodyKey, loopCounter: loopCounter + 1 });
      return;
    } else if (body.tokens > 1) return;
    releaseHeld(view, step, bodyKey);
    if (mayBecome(body.phase, 'COMPLETED')) step.followUps.push(completion);
  };
}

function collectOutput(visit: Visit, { loop: { output } }: ElementOf<'MULTI_INSTANCE_BODY'>, loopCounter: number): Failure | undefined {
  if (output === null) return undefined;
  const { view, step, instance: { scopeKey } } = visit;
  const value = evaluateAny(visit, output.element, readAfterwards(visit));
  if (isFailure(value)) return value;
  // A called process may have handed back an older list in this step.
  const isHandedBack = Object.hasOwn(visit.passed, output.collection) && view.variables.local(visit.instance.key, output.collection) === undefined;
  if (isHandedBack) return collectInto(visit, output.collection, loopCounter, value.found.value);
  const place = view.variables.listItem(scopeKey, output.collection, loopCounter);
  if (place === undefined || 'notAList' in place) return notAList(output.collection, place?.notAList);
  if (place.size < loopCounter) return tooShort(output.collection, loopCounter, place.size);
  const item = JSON.stringify(value.found.value);
  if (item !== place.value) step.events.push({ type: 'variable.item-updated', key: place.key, position: loopCounter, value: item });
  return undefined;
}

/** The list that this step hands back is not stored yet: it is written as a whole. */
function collectInto({ view, step, instance: { scopeKey, processInstanceKey }, passed }: Visit, name: string, position: number, item: JsonValue): Failure | undefined {
  const list = passed[name];
  if (!Array.isArray(list)) return notAList(name, list);
  if (list.length < position) return tooShort(name, position, list.length);
  writeLocally(view, step, { scopeKey, processInstanceKey }, { [name]: list.with(position - 1, item) });
  return undefined;
}

const notAList = (name: string, value: JsonValue | undefined): Failure => cannotCollect(name, `because the type of the output collection is: ${packedType(value)}`);
const tooShort = (name: string, position: number, size: number): Failure => cannotCollect(name, `at position ${position} because the size of the collection is: ${size}`);

const cannotCollect = (name: string, why: string): Failure =>
  fail('EXTRACT_VALUE_ERROR', `Unable to update an item in output collection '${name}' ${why}. This may happen when multiple BPMN elements write to the same variable.`);

/** In the words of Zeebe's message. */
function packedType(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'NIL';
  if (typeof value === 'number') return Number.isInteger(value) ? 'INTEGER' : 'FLOAT';
  return typeof value === 'object' ? 'MAP' : typeof value === 'string' ? 'STRING' : 'BOOLEAN';
}

/** How many inner instances there are is known to the condition, this one as completed. */
function meetsCondition(visit: Visit, loop: ElementOf<'MULTI_INSTANCE_BODY'>['loop'], { created, active }: { created: number; active: number }): boolean | Failure {
  if (loop.completionCondition === null) return false;
  const read = readAfterwards(visit);
  const counts: Readonly<Record<string, number>> = { numberOfInstances: created, numberOfActiveInstances: active, numberOfCompletedInstances: created - active, numberOfTerminatedInstances: 0 };
  return evaluateBoolean(visit, loop.completionCondition, (name) => (Object.hasOwn(counts, name) ? counts[name] : read(name)));
}

/** Reads a variable as the element sees it once it has handed out its own. */
function readAfterwards(visit: Visit): Visit['read'] {
  const { passed, read } = visit;
  return (name) => (Object.hasOwn(passed, name) ? passed[name] : read(name));
}
