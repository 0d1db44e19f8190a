// The variables in scope while an expression runs: a chain of frames above the variables that were given.
import { entryOf, type FeelContext, type Value } from '../value/value.ts';
import type { Run } from './run.ts';

/** Reads a variable by name; undefined when there is none. */
export type Read = (name: string) => Value | undefined;

export type Frame = {
  readonly run: Run;
  readonly read: Read;
  readonly parent: Frame | undefined;
  /** A frame binds one name … */
  readonly name: string | undefined;
  readonly value: Value;
  /** … or the entries of a context. */
  readonly entries: FeelContext | undefined;
};

/** A compiled node. */
export type Closure = (frame: Frame) => Value;
/** A compiled test of an input: true, false, or null when it cannot be told. */
export type Test = (frame: Frame, input: Value) => boolean | null;

export const rootFrame = (run: Run, read: Read): Frame => ({ run, read, parent: undefined, name: undefined, value: null, entries: undefined });
export const bind = (parent: Frame, name: string, value: Value): Frame => ({ run: parent.run, read: parent.read, parent, name, value, entries: undefined });
export const bindEntries = (parent: Frame, entries: FeelContext): Frame => ({ run: parent.run, read: parent.read, parent, name: undefined, value: null, entries });

/** The value of a name from the innermost frame outwards, undefined when nothing has that name. */
export function lookUp(frame: Frame, name: string): Value | undefined {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    if (at.name === name) return at.value;
    if (at.entries !== undefined) {
      const value = entryOf(at.entries, name);
      if (value !== undefined) return value;
    }
  }
  return frame.read(name);
}
