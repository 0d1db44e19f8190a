/** The decision path at a steady rate for minutes: latency, memory after garbage collection and file size over time, and whether they grow. */
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import { at, createCaller, findAutomatic } from './case-caller.ts';
import { bytesIn, quantile, round, steadily } from './measure.ts';
import type { ServedProduct } from './served-product.ts';

/** One twentieth of the run. */
export type Window = { minute: number; 'per s': number; 'p50 ms': number; 'p99 ms': number; 'heap MB': number; 'external MB': number; 'V8 MB': number; 'RSS MB': number; 'files MB': number; 'CPU ms a case': number };
/** Growth a minute, by a straight line through all windows but the first fifth, with its standard error. */
export type Growth = { perMinute: number; standardError: number };
export type Endurance = { perSecond: number; minutes: number; windows: Window[]; heap: Growth; rss: Growth; p50: Growth; kilobytesACase: number };

const windowCount = 20;

/** Automatic cases, and with them those that the lottery of the audit sends to people. */
export async function endureLoad(product: ServedProduct, { dataDir, minutes, perSecond }: { dataDir: string; minutes: number; perSecond: number }): Promise<Endurance> {
  const start = createCaller(product);
  const inputs = await findAutomatic(start, (await readDemoCases('digits', 'held-out')).map(({ input }) => input), 200);
  const casesAWindow = Math.ceil((minutes * 60 * perSecond) / windowCount);
  const windows: Window[] = [];
  for (let index = 0; index < windowCount; index++) {
    const before = await product.usage();
    const times: number[] = [];
    const { perSecond: reached } = await steadily(casesAWindow, perSecond, (number) => start(at(inputs, number)), (ms) => times.push(ms));
    const after = await product.usage();
    const memory = await product.memory();
    times.sort((a, b) => a - b);
    windows.push({
      minute: round(((index + 1) * minutes) / windowCount),
      'per s': reached,
      'p50 ms': round(quantile(times, 0.5)),
      'p99 ms': round(quantile(times, 0.99)),
      'heap MB': round(memory.heapMb),
      'external MB': round(memory.externalMb),
      'V8 MB': round(memory.v8Mb),
      'RSS MB': round(memory.rssMb),
      'files MB': round(bytesIn(dataDir) / 1e6),
      'CPU ms a case': round((after.cpuMs - before.cpuMs) / casesAWindow),
    });
  }
  const settled = windows.slice(windowCount / 5);
  const growth = (column: keyof Window) => slope(settled.map((window) => [window.minute, window[column]]));
  const [first] = settled;
  const last = settled.at(-1);
  const grown = ((last?.['files MB'] ?? 0) - (first?.['files MB'] ?? 0)) * 1000;
  return { perSecond, minutes, windows, heap: growth('heap MB'), rss: growth('RSS MB'), p50: growth('p50 ms'), kilobytesACase: round(grown / (casesAWindow * (settled.length - 1))) };
}

/** In plain words. */
export function describeEndurance({ windows, heap, rss, p50, kilobytesACase }: Endurance): string {
  return [
    `Heap after garbage collection: ${said(heap, 'MB', level(windows, 'heap MB'))}`,
    `Memory of the process: ${said(rss, 'MB', level(windows, 'RSS MB'))}`,
    `Median answer: ${said(p50, 'ms', level(windows, 'p50 ms'))}`,
    `Files: ${kilobytesACase} kB a case.`,
  ].join('\n');
}

/** Grows: by more than twice its standard error; less than a hundredth of its level in a minute is said to be little. */
function said({ perMinute, standardError }: Growth, unit: string, mean: number): string {
  const grows = perMinute > 2 * standardError;
  return `${!grows ? 'does not grow' : perMinute > mean / 100 ? 'grows' : 'grows by less than a hundredth a minute'} (${round(mean)} ${unit}; ${round(perMinute)} ± ${round(standardError)} ${unit} a minute).`;
}

const level = (windows: readonly Window[], column: keyof Window): number => windows.reduce((sum, window) => sum + window[column], 0) / windows.length;

/** Least squares: https://en.wikipedia.org/wiki/Simple_linear_regression. */
export function slope(points: readonly (readonly [x: number, y: number])[]): Growth {
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const perMinute = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const residual = points.reduce((sum, [x, y]) => sum + (y - meanY - perMinute * (x - meanX)) ** 2, 0);
  return { perMinute: round(perMinute), standardError: round(Math.sqrt(residual / (n - 2) / spread)) };
}
