// Batch operations: one command for many process instances, worked through item by item.
import type { Key } from '../keys.ts';
import type { ElementMapping } from '../process-instance/records.ts';

/** What is done to each item. An item is a process instance, or an incident where incidents are resolved. */
export type BatchPlan =
  | { readonly type: 'CANCEL_PROCESS_INSTANCE' }
  | { readonly type: 'RESOLVE_INCIDENT' }
  | { readonly type: 'MIGRATE_PROCESS_INSTANCE'; readonly targetProcessDefinitionKey: Key; readonly mapping: readonly ElementMapping[] }
  /** Ends each active instance of `source` and activates `target` instead. */
  | { readonly type: 'MODIFY_PROCESS_INSTANCE'; readonly moves: readonly ElementMapping[] };

export type BatchItem = { readonly itemKey: Key; readonly processInstanceKey: Key };

export type BatchOperationCommand =
  /** The items are those that its filter finds when it is asked for; what has ended when its turn comes fails by itself. */
  | { readonly type: 'batch-operation.create'; readonly plan: BatchPlan; readonly items: readonly BatchItem[] }
  | { readonly type: 'batch-operation.suspend'; readonly batchOperationKey: Key }
  | { readonly type: 'batch-operation.resume'; readonly batchOperationKey: Key }
  | { readonly type: 'batch-operation.cancel'; readonly batchOperationKey: Key };

/** Due: it is the item's turn. */
export type ProcessBatchItem = { readonly type: 'batch-operation.process-item'; readonly batchOperationKey: Key; readonly itemKey: Key };

export type BatchOperationEvent =
  | { readonly type: 'batch-operation.created'; readonly key: Key; readonly plan: BatchPlan; readonly items: readonly BatchItem[] }
  | { readonly type: 'batch-operation.item-processed'; readonly key: Key; readonly itemKey: Key; /** Why it failed; null when it was done. */ readonly failure: string | null }
  | { readonly type: 'batch-operation.suspended'; readonly key: Key }
  | { readonly type: 'batch-operation.resumed'; readonly key: Key }
  | { readonly type: 'batch-operation.canceled'; readonly key: Key }
  | { readonly type: 'batch-operation.completed'; readonly key: Key };
