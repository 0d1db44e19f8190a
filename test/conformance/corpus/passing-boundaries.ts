// Scenarios of boundary events on activities that wait for nothing.
import { process } from '../scenario/diagram.ts';
import { boundary, duration, end, message, signal, start } from '../scenario/elements.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { activities } from './each-activity.ts';
import { broadcast, cancel, create, deploy, publish, resolve, set } from './steps.ts';

const passing = Object.entries(activities).filter(([, { work }]) => work.length === 0);

export const passingBoundaryScenarios: readonly Scenario[] = passing.flatMap(([name, { draw, files = [] }]) => {
  const feature = 'boundary events on what waits for nothing';
  const one = (trigger: Parameters<typeof boundary>[2], extras = {}) => deploy(...files, process('p', [start(), draw('x', extras), boundary('b', 'x', trigger), end(), end('end2')], ['start > x > end', 'b > end2']));
  return [
    { name: `${name}: leaves a buffered message alone`, feature, steps: [one(message('ask', '=k')), publish('ask', '1', {}, { timeToLive: 60_000 }), create({ v: 1, k: '1' }), create({ v: 1, k: '1' })] },
    { name: `${name}: does not mind a key that fails`, feature, steps: [one(message('ask', '=missing')), create({ v: 1 })] },
    { name: `${name}: does not mind a duration that fails`, feature, steps: [one(duration('=missing')), create({ v: 1 })] },
    { name: `${name}: is stuck at an output and hears nothing`, feature, steps: [one(message('ask', '=k'), { outputs: { o: '=assert(w, w != null)' } }), create({ v: 1, k: '1' }), publish('ask', '1'), set({ w: 1 }), resolve('x')] },
    { name: `${name}: is stuck at an output and hears no signal`, feature, steps: [one(signal('s'), { outputs: { o: '=assert(w, w != null)' } }), create({ v: 1, k: '1' }), broadcast('s'), cancel] },
    { name: `${name}: is stuck at an input and hears no signal`, feature, steps: [one(signal('s'), { inputs: { i: '=assert(w, w != null)' } }), create({ v: 1 }), broadcast('s'), set({ w: 1 }), resolve('x')] },
  ];
});
