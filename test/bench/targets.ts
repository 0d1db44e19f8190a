/** What issue 6 wants of the engine, and by how much a run meets or misses it. */
import { round } from './measure.ts';

export type Target = { readonly what: string; readonly wanted: number; readonly found: number; readonly unit: string; readonly better: 'more' | 'less' };

/** One sentence: met, or missed by which factor. */
export function verdictOn({ what, wanted, found, unit, better }: Target): string {
  const isMet = better === 'more' ? found >= wanted : found <= wanted;
  const bound = `${better === 'more' ? 'at least' : 'at most'} ${wanted}${unit}`;
  const factor = round(better === 'more' ? wanted / found : found / wanted);
  return `${what}: ${round(found)}${unit}, wanted ${bound}: ${isMet ? 'met' : `**missed** by a factor of ${factor}`}.`;
}
