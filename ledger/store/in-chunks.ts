/** Reads by a long list of keys in several statements: databases limit the parameters of one. */

const chunkSize = 500;

export async function inChunks<Key, Row>(keys: readonly Key[], read: (chunk: Key[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < keys.length; start += chunkSize) rows.push(...(await read(keys.slice(start, start + chunkSize))));
  return rows;
}
