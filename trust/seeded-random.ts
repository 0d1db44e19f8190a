/** Random numbers from a seed: sfc32 by C. Doty-Humphrey (PractRand). The same seed gives the same intervals everywhere. */
export function seededRandom(seed: number): () => number {
  if (!Number.isInteger(seed) || seed < 0) throw new RangeError(`a seed is a whole number of at least 0, found ${seed}`);
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum / 2 ** 32;
  };
  // The first numbers still show the seed's pattern.
  for (let warmUp = 0; warmUp < 16; warmUp += 1) next();
  return next;
}
