// The plot writer: axes from the values, labels with units, nothing drawn where there is no value.
import { expect, test } from 'vitest';
import { drawPlot } from './growth/draw-plot.ts';

const panel = (points: readonly (readonly [number, number])[]) => ({ axis: 'cost (µs)', series: [{ name: 'start & end', points }] });
const plot = (points: readonly (readonly [number, number])[]) => drawPlot({ title: 'Growth', axis: 'instances', panels: [panel(points)] });

test('a line that does not grow is level, on an axis from 0', () => {
  const svg = plot([[1, 80], [100, 80], [10_000, 80]]);
  const heights = /points="([^"]+)"/.exec(svg)?.[1]?.split(' ').map((place) => place.split(',')[1]);
  expect(new Set(heights).size).toBe(1);
  expect(svg).toContain('>0</text>');
  for (const label of ['Growth', 'cost (µs)', 'instances', '10,000', 'start &amp; end']) expect(svg).toContain(label);
});

test('values far apart are drawn over a logarithmic axis, which says so', () => {
  expect(plot([[1, 1], [10, 1_000]])).toContain('cost (µs), logarithmic');
});

test('a point without a value is left out', () => {
  expect(plot([[1, 0], [10, 5], [100, 6]]).match(/<circle/g)).toHaveLength(2);
});
