// Sums up a replay in words and honest numbers: a rate never stands without its counts and its interval.
// A case may have several reasons; a single case's stay sealed until its first verdict, their sums do not.
import { rateInterval } from '../../trust/index.ts';
import type { Replay } from './replay-cases.ts';

/** Lines to print about a replay of one service. */
export function summariseReplay(service: string, { replayed, elapsedMs, reasons }: Replay): string[] {
  const automatic = replayed.filter((one) => one.case.decidedBy === 'model');
  const wrong = automatic.filter((one) => one.case.decision !== one.outcome).length;
  const people = replayed.filter((one) => one.case.decidedBy !== 'model');
  const times = replayed.map((one) => one.answerMs).toSorted((a, b) => a - b);
  const lines = [
    `${service}: ${replayed.length} cases in ${(elapsedMs / 1000).toFixed(1)} s (${(replayed.length / (elapsedMs / 1000)).toFixed(0)} a second)`,
    `  decided by the model   ${automatic.length}`,
    `  to people              ${people.length}`,
    ...[...reasons].toSorted((a, b) => b[1] - a[1]).map(([reason, count]) => `    ${reason.padEnd(21)}${count}`),
  ];
  lines.push(automatic.length === 0 ? '  errors of the model    none decided alone' : `  errors of the model    ${describeRate(wrong, automatic.length)}, against the outcome in the data`);
  lines.push(`  answer time            median ${at(times, 0.5)} ms, 99 % within ${at(times, 0.99)} ms`);
  return lines;
}

/** "3 of 148, 2.0 % (0.4 to 5.8, 95 % interval)": exact interval of Clopper and Pearson. */
export function describeRate(count: number, of: number): string {
  const { lower, upper } = rateInterval(count, of);
  const percent = (rate: number) => (rate * 100).toFixed(1);
  return `${count} of ${of}, ${percent(count / of)} % (${percent(lower)} to ${percent(upper)}, 95 % interval)`;
}

const at = (sorted: readonly number[], q: number) => (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0).toFixed(0);
