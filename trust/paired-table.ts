/** Two models on the same cases: who was wrong where. All a paired comparison needs. */

export type PairedTable = { bothRight: number; onlyChampionWrong: number; onlyCandidateWrong: number; bothWrong: number };

/** One case whose right answer is known. */
export type Pair = { championWrong: boolean; candidateWrong: boolean };

export function countPairs(pairs: readonly Pair[]): PairedTable {
  const table: PairedTable = { bothRight: 0, onlyChampionWrong: 0, onlyCandidateWrong: 0, bothWrong: 0 };
  for (const { championWrong, candidateWrong } of pairs) {
    if (championWrong && candidateWrong) table.bothWrong += 1;
    else if (championWrong) table.onlyChampionWrong += 1;
    else if (candidateWrong) table.onlyCandidateWrong += 1;
    else table.bothRight += 1;
  }
  return table;
}

/** Cases in the table. */
export function sizeOf(table: PairedTable): number {
  return table.bothRight + table.onlyChampionWrong + table.onlyCandidateWrong + table.bothWrong;
}

/** Error of the candidate minus error of the champion: (c − b) / n. Throws where there is no case. */
export function errorDifference(table: PairedTable): number {
  const n = sizeOf(table);
  if (n === 0) throw new RangeError('expected at least one pair');
  return (table.onlyCandidateWrong - table.onlyChampionWrong) / n;
}

/** The same table with the two models' places changed. */
export function swapModels(table: PairedTable): PairedTable {
  return { ...table, onlyChampionWrong: table.onlyCandidateWrong, onlyCandidateWrong: table.onlyChampionWrong };
}
