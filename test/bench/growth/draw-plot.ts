/** Draws lines over a logarithmic axis as one small SVG: panels side by side, readable in light and in dark. No library: those that draw well want a browser's DOM. */

export type Series = { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] };
export type Panel = { /** What stands on the vertical axis, with its unit. */ readonly axis: string; readonly series: readonly Series[] };
export type Plot = { readonly title: string; /** What stands on the horizontal axis, with its unit. */ readonly axis: string; readonly panels: readonly Panel[] };

const WIDTH = 300;
const HEIGHT = 170;
const LEFT = 52;
const RIGHT = 14;
const TOP = 46;
const LEGEND_LINE = 14;
const GAP = 8;

const style = `text{font:11px system-ui,sans-serif;fill:#3b3b3b}.title{font-weight:600;font-size:13px}.grid{stroke:#d5d5d5}.s0{--c:#0b62d6}.s1{--c:#c2410c}.s2{--c:#15803d}.s3{--c:#7e22ce}.line{fill:none;stroke:var(--c);stroke-width:2}.dot{fill:var(--c)}
@media (prefers-color-scheme:dark){text{fill:#d8d8d8}.grid{stroke:#454545}.s0{--c:#6ea8ff}.s1{--c:#ff9a5c}.s2{--c:#5fd38a}.s3{--c:#cf9bff}}`;

/** The SVG as text; points without a value above 0 are left out. */
export function drawPlot({ title, axis, panels }: Plot): string {
  const legend = Math.max(...panels.map(({ series }) => series.length)) * LEGEND_LINE;
  const height = TOP + HEIGHT + 40 + legend;
  const width = panels.length * (LEFT + WIDTH + RIGHT) + GAP;
  const drawn = panels.map((panel, index) => `<g transform="translate(${index * (LEFT + WIDTH + RIGHT)} 0)">${drawPanel(panel, axis)}</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}"><style>${style}</style>
<text class="title" x="${LEFT}" y="18">${escaped(title)}</text>
${drawn.join('\n')}
</svg>
`;
}

function drawPanel({ axis, series }: Panel, xAxis: string): string {
  const points = series.flatMap((one) => one.points).filter(([, y]) => y > 0);
  const x = logScale(points.map((point) => point[0]), [LEFT, LEFT + WIDTH]);
  const values = points.map((point) => point[1]);
  const y = Math.max(...values) / Math.min(...values) > 20 ? logScale(values, [TOP + HEIGHT, TOP]) : linearScale(values, [TOP + HEIGHT, TOP]);
  const base = TOP + HEIGHT;
  return [
    `<text x="${LEFT}" y="${TOP - 10}">${escaped(axis)}${y.isLog ? ', logarithmic' : ''}</text>`,
    ...y.ticks.map((tick) => `<line class="grid" x1="${LEFT}" x2="${LEFT + WIDTH}" y1="${at(y, tick)}" y2="${at(y, tick)}"/><text x="${LEFT - 6}" y="${at(y, tick) + 4}" text-anchor="end">${short(tick)}</text>`),
    ...x.ticks.map((tick) => `<line class="grid" x1="${at(x, tick)}" x2="${at(x, tick)}" y1="${TOP}" y2="${base}"/><text x="${at(x, tick)}" y="${base + 16}" text-anchor="middle">${short(tick)}</text>`),
    `<text x="${LEFT + WIDTH / 2}" y="${base + 34}" text-anchor="middle">${escaped(xAxis)}</text>`,
    ...series.map((one, index) => drawSeries(one, index, x, y)),
  ].join('');
}

function drawSeries({ name, points }: Series, index: number, x: Scale, y: Scale): string {
  const places = points.filter(([, value]) => value > 0).map(([size, value]) => `${at(x, size)},${at(y, value)}`);
  const dots = places.map((place) => `<circle class="dot" cx="${place.split(',')[0] ?? ''}" cy="${place.split(',')[1] ?? ''}" r="2.5"/>`).join('');
  const legendY = TOP + HEIGHT + 40 + (index + 1) * LEGEND_LINE - 4;
  return `<g class="s${index % 4}"><polyline class="line" points="${places.join(' ')}"/>${dots}<line class="line" x1="${LEFT}" x2="${LEFT + 18}" y1="${legendY - 4}" y2="${legendY - 4}"/><text x="${LEFT + 24}" y="${legendY}">${escaped(name)}</text></g>`;
}

type Scale = { readonly of: (value: number) => number; readonly ticks: readonly number[]; readonly isLog: boolean };
type Range = readonly [from: number, to: number];

/** From the power of ten below the smallest to the one above the largest value; a tick at each. */
function logScale(values: readonly number[], [from, to]: Range): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  return { isLog: true, ticks, of: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from) };
}

/** From 0, so that a line that looks flat is flat. */
function linearScale(values: readonly number[], [from, to]: Range): Scale {
  const step = niceStep(Math.max(...values) / 4);
  const count = Math.max(1, Math.ceil(Math.max(...values) / step));
  return { isLog: false, ticks: Array.from({ length: count + 1 }, (_, index) => index * step), of: (value) => from + (value / (count * step)) * (to - from) };
}

/** The next of 1, 2, 2.5, 5, 10 times a power of ten. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 2.5, 5].find((factor) => factor * power >= least) ?? 10) * power;
}

const at = (scale: Scale, value: number): number => Math.round(scale.of(value) * 10) / 10;

function short(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
