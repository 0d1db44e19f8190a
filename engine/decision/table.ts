// A compiled decision table: what is compiled once and evaluated often.
import type { CompiledExpression } from '../expression/index.ts';
import type { Aggregator, HitPolicy } from './hit-policy.ts';

export type Input = { readonly id: string; readonly name: string; readonly expression: CompiledExpression };
export type Output = {
  readonly id: string;
  /** The key of the value in a context of several outputs. */
  readonly name: string;
  /** As a person sees it. */
  readonly label: string;
  /** The allowed values, highest priority first. */
  readonly priorities: CompiledExpression | undefined;
  readonly otherwise: CompiledExpression | undefined;
};
export type Rule = { readonly id: string; readonly index: number; readonly tests: readonly CompiledExpression[]; readonly outputs: readonly CompiledExpression[] };
export type Table = {
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  readonly rules: readonly Rule[];
  readonly hitPolicy: HitPolicy;
  readonly aggregator: Aggregator | undefined;
};
