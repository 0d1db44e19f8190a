/** Carries what was committed to the other processes of the same ledger: NOTIFY inside the transaction, LISTEN on a connection of its own. */
import { randomUUID } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { z } from 'zod';
import type { CaseChange } from '../../cases/case-change.ts';
import { parseJson } from '../../parse-json.ts';
import type { Notices } from '../notices.ts';

const News = z.object({
  from: z.string(),
  changes: z.array(z.object({ caseId: z.string(), service: z.string(), what: z.enum(['received', 'bound', 'in-review', 'verdict', 'undone', 'decided']) })),
  outbox: z.boolean(),
  erasedKey: z.string().optional(),
});
type Committed = { changes: readonly CaseChange[]; outbox: boolean; erasedKey?: string };
type Send = (query: CompiledQuery) => Promise<unknown>;

export type NewsDesk = {
  /** Sent within a transaction it is told when that commits, and only then. */
  announce(send: Send, news: Committed): Promise<void>;
  close(): Promise<void>;
};

/** PostgreSQL takes payloads below 8,000 bytes: so many changes fit in one. */
const changesPerNotice = 40;

const firstPauseMs = 200;
const longestPauseMs = 5_000;

export type NewsDeskOptions = { channel: string; connect: () => Promise<pg.Client>; notices: Notices; keyErased: (keyId: string) => void; forgetKeys: () => void };

/** Listens until closed; after a lost connection everybody who waits looks again, for news may have been missed. */
export async function openNewsDesk({ channel, connect, notices, keyErased, forgetKeys }: NewsDeskOptions): Promise<NewsDesk> {
  const from = randomUUID();
  let closed = false;
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;

  const missed = (): void => {
    // An erasure may be among what was missed.
    forgetKeys();
    notices.missedNews();
  };
  const hear = (payload: string): void => {
    const read = News.safeParse(parseJson(payload));
    // Of a newer version, or of nobody of ours: something happened, so everybody looks again.
    if (!read.success) return missed();
    const news = read.data;
    if (news.from === from) return;
    if (news.erasedKey !== undefined) keyErased(news.erasedKey);
    notices.publish(news);
  };
  const listen = async (): Promise<void> => {
    const fresh = await connect();
    fresh.on('notification', ({ payload }) => { hear(payload ?? ''); });
    fresh.on('error', () => {});
    fresh.on('end', () => {
      client = null;
      if (!closed) listenAgain(firstPauseMs);
    });
    await fresh.query(`LISTEN "${channel}"`);
    client = fresh;
  };
  const listenAgain = (pauseMs: number): void => {
    retry = setTimeout(() => {
      listen().then(
        missed,
        () => { if (!closed) listenAgain(Math.min(pauseMs * 2, longestPauseMs)); },
      );
    }, pauseMs);
  };
  await listen();
  return {
    announce: async (send, { changes, outbox, erasedKey }) => {
      for (let start = 0; start === 0 || start < changes.length; start += changesPerNotice) {
        const news = { from, changes: changes.slice(start, start + changesPerNotice), outbox: outbox && start === 0, ...(erasedKey === undefined ? {} : { erasedKey }) };
        await send(CompiledQuery.raw('SELECT pg_notify($1, $2)', [channel, JSON.stringify(news)]));
      }
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
