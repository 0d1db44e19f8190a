/** A stored version of a decision service. */
import type { DecisionServiceDefinition } from './definition.ts';

export type StoredService = { definition: DecisionServiceDefinition; version: number; digest: string; putBy: string; putAt: number };
