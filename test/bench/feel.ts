// What a warm FEEL evaluation costs beside feelin, which parses on every call: `node test/bench/feel.ts`.
import { evaluate as evaluateWithFeelin } from 'feelin';
import { compileFeel, evaluate } from '../../engine/expression/index.ts';
import { compileExpression } from '../../engine/expression/index.ts';

const environment = { now: Date.parse('2026-01-01T12:00:00Z'), timeZone: 'Europe/Berlin' };
const variables = {
  amount: 1200.5,
  limit: 1000,
  grade: 'B',
  release: { state: 'live', threshold: 0.87 },
  prediction: { class: 'grant', confidence: 0.9134 },
  items: Array.from({ length: 100 }, (_, index) => ({ price: index + 0.25, quantity: 2 })),
};
const sources = [
  'amount > 1000',
  'amount > limit and grade = "B"',
  'release.state = "live" and prediction.confidence >= release.threshold',
  'if prediction.class in ("grant", "decline") then amount * 1.19 else 0',
  '0.1 + 0.2 = 0.3',
  'sum(for item in items return item.price * item.quantity)',
  'count(items[price > 50])',
  'date and time("2026-03-01T10:00:00@Europe/Berlin") > now()',
];

/** Microseconds per call: the best of five rounds, each long enough to be measured. */
function microseconds(action: () => unknown): number {
  const round = (times: number): number => {
    const start = process.hrtime.bigint();
    for (let index = 0; index < times; index += 1) action();
    return Number(process.hrtime.bigint() - start) / 1000 / times;
  };
  const rough = round(50);
  const times = Math.max(20, Math.min(200_000, Math.round(100_000 / rough)));
  return Math.min(...Array.from({ length: 5 }, () => round(times)));
}

console.log('µs per evaluation   ours   feelin   expression');
for (const source of sources) {
  const compiled = compileFeel(source);
  if ('error' in compiled) throw new Error(compiled.error);
  const ours = microseconds(() => evaluate(compiled, variables, environment));
  const feelin = microseconds(() => evaluateWithFeelin(source, variables));
  console.log(`${ours.toFixed(2).padStart(24)} ${feelin.toFixed(1).padStart(8)}   ${source}`);
}
let serial = 0;
const cold = microseconds(() => compileFeel(`amount > ${(serial += 1)}`));
const cached = microseconds(() => compileExpression('=amount > 1000'));
console.log(`compiling a new source ${cold.toFixed(1)} µs, a known one ${cached.toFixed(2)} µs`);
