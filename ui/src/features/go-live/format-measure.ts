/** How each measure of the evaluation is written: shares in percent, differences of shares in points, times in milliseconds. Pure. */
import type { MeasureId } from '../../shared/releases/evidence.ts';
import type { Formats } from '../../shared/text/formats.ts';

type Numbers = Pick<Formats, 'number' | 'percent'>;

const kindOf = { accuracy: 'share', calibration: 'share', cost: 'plain', auc: 'fine', aurc: 'fine', 'latency-p95': 'time' } as const satisfies Record<MeasureId, string>;
const digitsOf = { share: 1, plain: 2, fine: 3, time: 1 } as const;

/** "74.7 %", "0.91", "0.771", "3.4 ms". */
export function formatMeasure(id: MeasureId, value: number, format: Numbers): string {
  const kind = kindOf[id];
  if (kind === 'share') return format.percent(value);
  const words = format.number(value, digitsOf[kind]);
  return kind === 'time' ? `${words}\u00a0ms` : words;
}

/** With its sign: "+2.2", "−0.32"; shares in points. */
export function formatMeasureDifference(id: MeasureId, value: number, format: Numbers): string {
  const digits = digitsOf[kindOf[id]];
  const shown = scaled(id, value);
  const rounded = Number(shown.toFixed(digits));
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${format.number(Math.abs(rounded), digits)}`;
}

export function formatMeasureRange(id: MeasureId, { low, high }: { low: number; high: number }, format: Numbers, range: (low: string, high: string) => string): string {
  const digits = digitsOf[kindOf[id]];
  return range(format.number(scaled(id, low), digits), format.number(scaled(id, high), digits));
}

function scaled(id: MeasureId, value: number): number {
  return kindOf[id] === 'share' ? value * 100 : value;
}
