/** One unit of work of the ledger, and what is told and signed after its commit. */
import type { Kysely } from 'kysely';
import type { CaseChange } from '../cases/case-change.ts';
import type { Ledger } from '../ledger.ts';
import type { OutboxRow } from '../outbox/outbox-row.ts';
import type { Vault } from '../vault/vault.ts';
import type { Database } from './database.ts';
import type { Durability } from './transaction.ts';

/** What a statement works with inside its unit. `ledger.db` must not be used there: it waits for the commit. */
export type Tx = {
  readonly db: Kysely<Database>;
  readonly vault: Vault;
  readonly services: Ledger['services'];
  /** The one time of everything in this unit. */
  readonly now: number;
  /** Listeners hear of this after the commit. */
  changed(change: CaseChange): void;
  owes(): void;
  /** Whoever in this process takes an effect as soon as it is committed, without claiming its row; undefined where nobody does. */
  taker(): ((row: OutboxRow) => void) | undefined;
  chainReached(end: { seq: number; hash: string }): void;
};

/**
 * Resolves after the fsync. Throws with everything undone where `work` or the store fails. Units that wait together
 * share a transaction, so `work` awaits nothing but `tx` and the vault.
 */
export async function transact<T>(ledger: Ledger, work: (tx: Tx) => Promise<T>): Promise<T> {
  return run(ledger, work, 'durable');
}

/**
 * The same without waiting for the disk: atomic, and safe from the end of this process, but a power failure may take
 * the last ones back. Only for bookkeeping that repeats harmlessly; a later durable commit makes it durable too.
 */
export async function transactLightly<T>(ledger: Ledger, work: (tx: Tx) => Promise<T>): Promise<T> {
  return run(ledger, work, 'light');
}

/**
 * The same, on disk before the engine's next commit and not yet when it resolves (ADR 135): for what only the engine
 * hears of, and a later durable unit comes before anybody else does.
 */
export async function transactInOrder<T>(ledger: Ledger, work: (tx: Tx) => Promise<T>): Promise<T> {
  return run(ledger, work, 'ordered');
}

async function run<T>(ledger: Ledger, work: (tx: Tx) => Promise<T>, durability: Durability): Promise<T> {
  const changes: CaseChange[] = [];
  const handedOver: (() => void)[] = [];
  let outbox = false;
  let end: { seq: number; hash: string } | undefined;
  const inside = async (): Promise<T> => {
    const done = await work({
      db: ledger.inTurn,
      vault: ledger.vault,
      services: ledger.services,
      now: ledger.clock.now(),
      changed: (change) => void changes.push(change),
      owes: () => {
        outbox = true;
      },
      taker: () => {
        const taker = ledger.notices.taker();
        return taker && ((row) => void handedOver.push(() => { taker.take(row); }));
      },
      chainReached: (reached) => {
        end = reached;
      },
    });
    if (changes.length > 0 || outbox) await ledger.announce({ changes, outbox });
    return done;
  };
  const result = await ledger.commits.run(inside, durability);
  if (end) ledger.heads.reached(end);
  ledger.notices.publish({ changes, outbox, handedOver });
  return result;
}
