/** Proves a whole data folder, of a running server or of one that stands still: files, ledger, engine, documents, and that ledger and engine agree. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { verifyDocuments } from '../../engine/verify/verify-documents.ts';
import { verifyStore, type Progress } from '../../engine/verify/verify-store.ts';
import { verifyReader } from '../../ledger/chain/verify-chain.ts';
import { openLedgerToVerify, sentenceOf, type LedgerToVerify } from '../../ledger/verify/verify-ledger.ts';
import { compareLedgerAndEngine } from './agreement.ts';
import { integrityFaults, openView } from './open-view.ts';

/** One part of the check: `faults` is empty where it holds. */
export type Part = { name: string; sentence: string; faults: string[] };

const files = ['engine.db', 'ledger.db', 'vault-keys.db', 'documents.db'];

/** Yields each part when it is done. Throws a sentence where nothing can be checked. */
export async function* verifyFolder(what: LedgerToVerify, progress: Progress): AsyncGenerator<Part> {
  const { dataDir, databaseUrl } = what;
  if (!existsSync(dataDir) || !statSync(dataDir).isDirectory()) throw new Error(`There is no folder ${dataDir}.`);
  const present = files.filter((file) => existsSync(join(dataDir, file)));
  const hasLedger = databaseUrl !== undefined || present.includes('ledger.db');
  if (!hasLedger && !present.includes('engine.db')) throw new Error(`${dataDir} is no data folder: it holds neither ledger.db nor engine.db.`);

  const whole = verifyFiles(dataDir, present, progress);
  yield whole;
  if (hasLedger) yield await verifyChainOf(what, progress);
  else if (what.headsFile !== undefined) throw new Error(`There is no file ${join(dataDir, 'ledger.db')}.`);
  if (!present.includes('engine.db')) {
    yield { name: 'Engine', sentence: 'There is no engine.db here: with a Camunda cluster the process instances are there.', faults: [] };
    return;
  }
  // A damaged page would be met again and again.
  if (whole.faults.some((fault) => fault.startsWith('engine.db'))) return;
  yield onView(join(dataDir, 'engine.db'), (db) => {
    const verdict = verifyStore(db, progress);
    return { name: 'Engine', sentence: verdict.ok ? `The log of ${verdict.commands} commands rebuilds the same state: ${verdict.rows} rows in ${verdict.tables} tables were compared.` : '', faults: verdict.ok ? [] : [...verdict.faults] };
  });
  if (present.includes('documents.db')) {
    yield onView(join(dataDir, 'documents.db'), (db) => {
      const verdict = verifyDocuments(db);
      return { name: 'Documents', sentence: verdict.ok ? `${verdict.documents} documents are as they were stored.` : '', faults: verdict.ok ? [] : [...verdict.faults] };
    });
  }
  if (hasLedger) yield await verifyAgreement(what, progress);
}

function verifyFiles(dataDir: string, present: readonly string[], progress: Progress): Part {
  const faults = present.flatMap((file, index) => {
    progress(`checking the pages of ${file}`, index / present.length);
    const found = onView(join(dataDir, file), integrityFaults);
    return found.map((fault) => `${file}: ${fault}`);
  });
  return { name: 'Files', sentence: `${present.join(', ')}: every page and index is whole.`, faults };
}

async function verifyChainOf(what: LedgerToVerify, progress: Progress): Promise<Part> {
  progress('following the chain of the ledger', 0);
  const reader = await openLedgerToVerify(what);
  try {
    const verdict = await verifyReader(reader);
    const sentence = sentenceOf(verdict);
    return verdict.ok ? { name: 'Ledger', sentence, faults: [] } : { name: 'Ledger', sentence: '', faults: [sentence] };
  } finally {
    await reader.close();
  }
}

async function verifyAgreement(what: LedgerToVerify, progress: Progress): Promise<Part> {
  progress('comparing ledger and engine', 0);
  const before = await openLedgerToVerify(what);
  const engine = openView(join(what.dataDir, 'engine.db'));
  const after = await openLedgerToVerify(what);
  try {
    const { openCases, notYetStarted, instances, faults } = await compareLedgerAndEngine({ before: before.db, engine, after: after.db });
    const waiting = notYetStarted === 0 ? '' : ` (${notYetStarted} are still to be started)`;
    return { name: 'Agreement', sentence: `Ledger and engine agree: ${openCases} open cases${waiting}, ${instances} process instances of cases.`, faults };
  } finally {
    await before.close();
    await after.close();
    engine.close();
  }
}

function onView<T>(file: string, read: (db: DatabaseSync) => T): T {
  const db = openView(file);
  try {
    return read(db);
  } finally {
    db.close();
  }
}
