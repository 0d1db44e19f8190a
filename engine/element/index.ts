// The registry of elements: one line per element; a missing one does not compile.
import type { ElementType } from '../model/executable.ts';
import type { AnyBehaviour, ElementBehaviour } from './behaviour.ts';
import { adHocInnerInstance, adHocSubProcess } from './ad-hoc-sub-process.ts';
import { boundaryEvent } from './boundary-event.ts';
import { businessRuleTask } from './business-rule-task.ts';
import { callActivity } from './call-activity.ts';
import { endEvent } from './end-event.ts';
import { eventBasedGateway } from './event-based-gateway.ts';
import { eventSubProcess } from './event-sub-process.ts';
import { exclusiveGateway } from './exclusive-gateway.ts';
import { inclusiveGateway } from './inclusive-gateway.ts';
import { intermediateCatchEvent } from './intermediate-catch-event.ts';
import { intermediateThrowEvent } from './intermediate-throw-event.ts';
import { manualTask } from './manual-task.ts';
import { multiInstanceBody } from './multi-instance-body.ts';
import { parallelGateway } from './parallel-gateway.ts';
import { receiveTask } from './receive-task.ts';
import { scriptTask } from './script-task.ts';
import { sendTask } from './send-task.ts';
import { serviceTask } from './service-task.ts';
import { startEvent } from './start-event.ts';
import { subProcess } from './sub-process.ts';
import { task } from './task.ts';
import { userTask } from './user-task.ts';

const behaviours = {
  START_EVENT: startEvent,
  END_EVENT: endEvent,
  INTERMEDIATE_THROW_EVENT: intermediateThrowEvent,
  INTERMEDIATE_CATCH_EVENT: intermediateCatchEvent,
  BOUNDARY_EVENT: boundaryEvent,
  SERVICE_TASK: serviceTask,
  SEND_TASK: sendTask,
  RECEIVE_TASK: receiveTask,
  USER_TASK: userTask,
  BUSINESS_RULE_TASK: businessRuleTask,
  SCRIPT_TASK: scriptTask,
  MANUAL_TASK: manualTask,
  TASK: task,
  EXCLUSIVE_GATEWAY: exclusiveGateway,
  INCLUSIVE_GATEWAY: inclusiveGateway,
  PARALLEL_GATEWAY: parallelGateway,
  EVENT_BASED_GATEWAY: eventBasedGateway,
  SUB_PROCESS: subProcess,
  EVENT_SUB_PROCESS: eventSubProcess,
  AD_HOC_SUB_PROCESS: adHocSubProcess,
  AD_HOC_SUB_PROCESS_INNER_INSTANCE: adHocInnerInstance,
  CALL_ACTIVITY: callActivity,
  MULTI_INSTANCE_BODY: multiInstanceBody,
} satisfies { readonly [Type in ElementType]: ElementBehaviour<Type> };

/** The behaviour of an element, for a visit of that element. */
export function behaviourOf(type: ElementType): AnyBehaviour {
  return behaviours[type];
}

/** All that the engine knows, for the support page. */
export const elementTypes: readonly string[] = Object.keys(behaviours);
