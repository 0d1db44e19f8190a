/** Scales of the charts: from values to pixels, and round steps for axes. Pure. */

export type Scale = (value: number) => number;

/** Straight line from the values' span to the pixels' span; a span without length lies at its start. */
export function linearScale(values: readonly [number, number], pixels: readonly [number, number]): Scale {
  const [from, to] = values;
  const [start, end] = pixels;
  const length = to - from;
  return (value) => (length === 0 ? start : start + ((value - from) / length) * (end - start));
}

const roundSteps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5];

/** Round shares from 0 to at least `largest` (at most 1), in at most `steps` steps. */
export function shareTicks(largest: number, steps = 4): number[] {
  const top = Math.min(1, Math.max(largest, roundSteps[0] ?? 0));
  const step = roundSteps.find((candidate) => top / candidate <= steps + 1e-9) ?? 1;
  const count = Math.ceil(top / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Math.round(index * step * 1e6) / 1e6);
}
