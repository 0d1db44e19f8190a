// Stops calling a model that does not answer, and lets one call through now and then to see whether it is back.

type Clock = { now(): number };

type State = { kind: 'closed'; failures: number } | { kind: 'open'; until: number; trying: boolean };

export type CircuitBreaker = {
  /** False while the circuit is open; true lets this call through, whose end must be reported. */
  admits(model: string): boolean;
  succeeded(model: string): void;
  failed(model: string): void;
  /** The call ended without saying anything about the model: it was cancelled. */
  abandoned(model: string): void;
};

/** One circuit per model name. After `openMs` a single trial call decides whether it closes. */
export function createCircuitBreaker(limits: { failures: number; openMs: number }, clock: Clock): CircuitBreaker {
  const states = new Map<string, State>();
  const stateOf = (model: string): State => states.get(model) ?? { kind: 'closed', failures: 0 };
  return {
    admits(model) {
      const state = stateOf(model);
      if (state.kind === 'closed') return true;
      if (state.trying || clock.now() < state.until) return false;
      states.set(model, { ...state, trying: true });
      return true;
    },
    succeeded(model) {
      states.set(model, { kind: 'closed', failures: 0 });
    },
    failed(model) {
      const state = stateOf(model);
      const failures = state.kind === 'closed' ? state.failures + 1 : limits.failures;
      const next: State = failures < limits.failures ? { kind: 'closed', failures } : { kind: 'open', until: clock.now() + limits.openMs, trying: false };
      states.set(model, next);
    },
    abandoned(model) {
      const state = stateOf(model);
      if (state.kind === 'open') states.set(model, { ...state, trying: false });
    },
  };
}
