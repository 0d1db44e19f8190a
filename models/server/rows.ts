// From the numbers of a request to rows that a model may see; refuses what the model was not trained on.
import { cannotReshape, invalidInput, missingKey, notSubscriptable } from './serving-error.ts';
import type { ManifestFeature, ModelManifest } from './model-manifest.ts';

/** More rows than that go in several requests. */
export const maximumRows = 4096;

/** V1: `{"instances": [[…], …]}`. A body without instances is a server fault there, as it is at KServe. */
export function rowsOfInstances(body: unknown, manifest: ModelManifest): Float32Array {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw notSubscriptable();
  if (!('instances' in body)) throw missingKey('instances');
  const { instances } = body;
  if (!Array.isArray(instances)) throw invalidInput('Expected "instances" to be a list');
  const width = manifest.features.length;
  const shape = shapeOf(instances);
  if (shape.length !== 2 || shape[1] !== width) throw wrongShape(width, shape);
  const rows: unknown[][] = instances.map((row: unknown) => {
    if (!Array.isArray(row) || row.length !== width) throw wrongShape(width, [instances.length, Array.isArray(row) ? row.length : 1]);
    return row as unknown[];
  });
  return checkRows(rows.flat(), manifest);
}

/** V2: a tensor whose data are flat or nested. */
export function rowsOfTensor(tensor: { shape: readonly number[]; data: readonly unknown[] }, manifest: ModelManifest): Float32Array {
  const flat: unknown[] = tensor.data.flat(Infinity);
  const size = tensor.shape.reduce((product, length) => product * length, 1);
  if (flat.length !== size) throw cannotReshape(flat.length, tensor.shape);
  const width = manifest.features.length;
  if (tensor.shape.length !== 2 || tensor.shape[1] !== width) throw wrongShape(width, tensor.shape);
  return checkRows(flat, manifest);
}

function checkRows(flat: readonly unknown[], manifest: ModelManifest): Float32Array {
  const width = manifest.features.length;
  const count = flat.length / width;
  if (count === 0) throw wrongShape(width, [0, width]);
  if (count > maximumRows) throw invalidInput(`expected at most ${maximumRows} rows, got ${count}`);
  return Float32Array.from(flat, (value, index) => {
    const feature = manifest.features[index % width];
    if (typeof value !== 'number' || !Number.isFinite(Math.fround(value)))
      throw invalidInput(`expected a number for ${nameOf(feature)} in row ${Math.floor(index / width)}, got ${JSON.stringify(value)}`);
    const codes = feature?.categories?.length;
    if (codes !== undefined && !(Number.isInteger(value) && value >= 0 && value < codes))
      throw invalidInput(`expected a code from 0 to ${codes - 1} for ${nameOf(feature)} in row ${Math.floor(index / width)}, got ${value}`);
    return value;
  });
}

/** How contributions and messages name a column: `amount`, or `pixels[12]` for one element of a field. */
export function nameOf(feature: ManifestFeature | undefined): string {
  if (feature === undefined) return 'a column';
  return feature.element === undefined ? feature.field : `${feature.field}[${feature.element}]`;
}

function wrongShape(width: number, shape: readonly number[]): Error {
  return invalidInput(`expected [n,${width}], got [${shape.join(', ')}]`);
}

function shapeOf(value: unknown): number[] {
  return Array.isArray(value) ? [value.length, ...(value.length > 0 ? shapeOf(value[0]) : [])] : [];
}
