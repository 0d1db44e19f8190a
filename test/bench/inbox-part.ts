/** The inbox's first page while many tasks are open. */
import { join } from 'node:path';
import { measureInbox } from './inbox-page.ts';
import { load } from './measure.ts';
import type { BenchPart } from './part.ts';
import { serveProduct } from './served-product.ts';

export const benchInbox: BenchPart = async ({ short, folder }) => {
  const product = await serveProduct(join(folder, 'data'));
  try {
    const figures = await measureInbox(product, short ? 300 : 10_000);
    console.log(`Inbox with ${figures.openTasks} open tasks: first page ${figures.firstMs} ms, then p50 ${figures.page.p50Ms} ms, p99 ${figures.page.p99Ms} ms (load ${load()})`);
    return { figures };
  } finally {
    await product.close();
  }
};
