// Random processes, block by block; fast-check makes them smaller when one shows a difference.
import fc from 'fast-check';

/** What catches: each stands for one kind of event, with its code, name or time. `any…`: without a code. */
export type Catch = 'E1' | 'E2' | 'anyError' | 'timer' | 'cycle' | 'message' | 'signal' | 'S1' | 'anyEscalation';

/** A boundary event, or an event sub-process, and what follows from it. */
export type Handler = { readonly by: Catch; readonly interrupting: boolean; readonly then: Block };
export type Loop = { readonly over: string; readonly sequential: boolean; readonly collect: string | null; readonly until: string | null };
/** An activity with all that may hang on it. `inside` is used by sub-process, ad-hoc sub-process and call activity. */
export type Activity = {
  readonly kind: 'activity';
  readonly what: 'serviceTask' | 'sendTask' | 'user' | 'receive' | 'scope' | 'call' | 'adHoc';
  readonly inside: Block;
  readonly handlers: readonly Handler[];
  readonly input: boolean;
  readonly output: boolean;
  readonly loop: Loop | null;
  readonly boundaries: readonly Handler[];
  /** It has a compensation handler. */
  readonly undo: boolean;
  readonly listener: 'start' | 'end' | 'completing' | null;
};

export type Block =
  | Activity
  | { readonly kind: 'script'; readonly expression: string; readonly result: string }
  | { readonly kind: 'rule'; readonly result: string }
  /** Done without anybody: undefined and manual task, none throw event. */
  | { readonly kind: 'pass'; readonly as: 'task' | 'manualTask' | 'none' | 'link'; readonly output: boolean }
  | { readonly kind: 'catch'; readonly by: 'timer' | 'date' | 'message' | 'signal' }
  | { readonly kind: 'throw'; readonly what: 'message' | 'signal' | 'S1' | 'S2' | 'compensation' }
  /** Ends here. */
  | { readonly kind: 'stop'; readonly what: 'none' | 'E1' | 'E2' | 'S1' | 'signal' | 'message' | 'terminate' | 'compensation' }
  | { readonly kind: 'sequence'; readonly blocks: readonly Block[] }
  | { readonly kind: 'choice'; readonly gateway: 'exclusiveGateway' | 'inclusiveGateway'; readonly conditions: readonly string[]; readonly blocks: readonly Block[]; readonly otherwise: Block | null }
  | { readonly kind: 'fork'; readonly blocks: readonly Block[] }
  /** Event-based gateway. */
  | { readonly kind: 'race'; readonly between: readonly ('timer' | 'message' | 'signal')[]; readonly blocks: readonly Block[] }
  /** Once more while the condition holds; a job in the way keeps it from running without end. */
  | { readonly kind: 'again'; readonly inside: Block; readonly while: string };

/** Every kind of block; a kind that is missing here does not compile. */
export const blockKinds: readonly Block['kind'][] = Object.values({
  activity: 'activity', script: 'script', rule: 'rule', pass: 'pass', catch: 'catch', throw: 'throw', stop: 'stop', sequence: 'sequence', choice: 'choice', fork: 'fork', race: 'race', again: 'again',
} satisfies { [Kind in Block['kind']]: Kind });

/** A process: its blocks and its event sub-processes. */
export type RandomProcess = { readonly body: Block; readonly handlers: readonly Handler[] };

const oneOf = fc.constantFrom;
const condition = oneOf('=x > 1', '=x = 2', '=x < 3', '=y', '=y > x', '=x != null', '=true', '=false');
const seldom = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 }).map((given) => given);
const mostlyFalse = oneOf(false, false, false, true);
const interruptsAlways = new Set<Catch>(['E1', 'E2', 'anyError']);

type Tied = { block: Block; leaf: Block; sequence: Block; handler: Handler; activity: Activity };

const tied = fc.letrec<Tied>((tie) => {
  const record = <K extends Block['kind']>(kind: K, rest: { [F in Exclude<keyof Extract<Block, { kind: K }>, 'kind'>]: fc.Arbitrary<Extract<Block, { kind: K }>[F]> }) =>
    fc.record({ kind: fc.constant(kind), ...rest }) as unknown as fc.Arbitrary<Block>;
  const nothing: Block = { kind: 'pass', as: 'task', output: false };
  const handlers = (most: number) => fc.uniqueArray(tie('handler'), { maxLength: most, selector: ({ by }) => (by === 'cycle' ? 'timer' : by), size: 'xsmall' });
  const loop = fc.record({
    over: oneOf('=[1, 2]', '=[x, y]', '=[]', '=for i in 1..x return i', '=y'), sequential: fc.boolean(), collect: oneOf(null, '=item', '=x'), until: oneOf(null, null, '=numberOfCompletedInstances = 1', '=x > 1'),
  });
  const work = (what: Activity['what'], inside: fc.Arbitrary<Block>, inner: fc.Arbitrary<readonly Handler[]>) => fc.record({
    kind: fc.constant('activity' as const), what: fc.constant(what), inside, handlers: inner, input: mostlyFalse, output: mostlyFalse, loop: fc.constant(null), boundaries: fc.constant([]), undo: fc.constant(false), listener: fc.constant(null),
  });
  const plain = fc.oneof({ withCrossShrink: true }, { weight: 3, arbitrary: work('serviceTask', fc.constant(nothing), fc.constant([])) }, work('user', fc.constant(nothing), fc.constant([])), work('receive', fc.constant(nothing), fc.constant([])), work('sendTask', fc.constant(nothing), fc.constant([])));
  const scopes = fc.oneof(
    { weight: 3, arbitrary: work('scope', tie('sequence'), handlers(2)) },
    { weight: 2, arbitrary: work('call', tie('sequence'), fc.constant([])) },
    work('adHoc', tie('sequence'), fc.constant([])),
  );
  const extras = fc.record({ loop: seldom(loop), boundaries: handlers(2), undo: mostlyFalse, listener: oneOf(null, null, null, 'start' as const, 'end' as const, 'completing' as const) });
  return {
    handler: fc.record({ by: oneOf<Catch[]>('E1', 'E2', 'anyError', 'timer', 'cycle', 'message', 'signal', 'S1', 'anyEscalation'), interrupting: fc.boolean(), then: tie('leaf') })
      .map((handler) => ({ ...handler, interrupting: interruptsAlways.has(handler.by) || (handler.interrupting && handler.by !== 'cycle') })),
    activity: fc.tuple(fc.oneof(plain, scopes), extras).map(([activity, extra]) => ({ ...activity, ...extra })),
    leaf: fc.oneof(
      { withCrossShrink: true },
      { weight: 6, arbitrary: plain },
      { weight: 2, arbitrary: record('script', { expression: oneOf('=x + 1', '=y', '=x > 1', '={a: x}', '=null', '=assert(x, x > 1)'), result: oneOf('x', 'y') }) },
      record('rule', { result: oneOf('x', 'y') }),
      record('pass', { as: oneOf('task' as const, 'manualTask' as const, 'none' as const, 'link' as const), output: mostlyFalse }),
      { weight: 2, arbitrary: record('catch', { by: oneOf('timer' as const, 'date' as const, 'message' as const, 'signal' as const) }) },
      { weight: 2, arbitrary: record('throw', { what: oneOf('message' as const, 'signal' as const, 'S1' as const, 'S2' as const, 'compensation' as const) }) },
      { weight: 2, arbitrary: record('stop', { what: oneOf('none' as const, 'E1' as const, 'E2' as const, 'S1' as const, 'signal' as const, 'message' as const, 'terminate' as const, 'compensation' as const) }) },
    ),
    sequence: record('sequence', { blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }) }),
    block: fc.oneof(
      { depthSize: 'small', maxDepth: 3, withCrossShrink: true } as const,
      { weight: 3, arbitrary: tie('leaf') },
      tie('sequence'),
      { weight: 2, arbitrary: record('choice', { gateway: oneOf('exclusiveGateway' as const, 'inclusiveGateway' as const), conditions: fc.array(condition, { minLength: 2, maxLength: 2 }), blocks: fc.array(tie('block'), { minLength: 2, maxLength: 2 }), otherwise: fc.option(tie('block')) }) },
      { weight: 2, arbitrary: record('fork', { blocks: fc.array(tie('block'), { minLength: 2, maxLength: 3 }) }) },
      record('race', { between: fc.uniqueArray(oneOf('timer' as const, 'message' as const, 'signal' as const), { minLength: 2, maxLength: 3 }), blocks: fc.array(tie('leaf'), { minLength: 3, maxLength: 3 }) }),
      record('again', { inside: tie('leaf'), while: oneOf('=x > 1', '=y', '=x = 1') }),
      { weight: 4, arbitrary: tie('activity') },
    ),
  };
});

/** A random process; small ones are more likely. */
export const randomProcess: fc.Arbitrary<RandomProcess> = fc.record({
  body: tied.sequence,
  handlers: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.uniqueArray(tied.handler, { minLength: 1, maxLength: 2, selector: ({ by }) => (by === 'cycle' ? 'timer' : by), size: 'xsmall' })),
});
