// Works through a list with several workers at once.

/** Each worker takes the next item when it is done with one; results come in the order of the items. */
export async function inLanes<Item, Worker, Result>(items: readonly Item[], workers: readonly Worker[], work: (item: Item, worker: Worker) => Promise<Result>): Promise<Result[]> {
  const results = new Map<number, Result>();
  let next = 0;
  await Promise.all(workers.map(async (worker) => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results.set(index, await work(item, worker));
    }
  }));
  return items.map((_, index) => results.get(index)).filter((result) => result !== undefined);
}
