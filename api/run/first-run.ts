/** The first start on a data folder: one account per role and an application's key, written for the owner's eyes only. */
import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createApiKey, createUser, listUsers, webhookSecret, type Ledger, type Role } from '../../ledger/index.ts';
import { parseJson } from '../../ledger/parse-json.ts';

export const FirstRun = z.strictObject({
  url: z.string(),
  users: z.array(z.strictObject({ name: z.string(), role: z.string(), password: z.string() })),
  /** Of an application: for both decision services. */
  apiKey: z.string(),
  /** Signs the webhooks that go to this application: without it nobody could check them. */
  webhookSecret: z.string().optional(),
  /** For Camunda's own clients at /v2: as Basic id and secret, or the secret as bearer. */
  engineKey: z.strictObject({ id: z.string(), secret: z.string() }),
});
export type FirstRun = z.infer<typeof FirstRun>;

type Account = { name: string; displayName: string; role: Role; groups: string[] };

const createdBy = 'system:first-run';
const everyGroup = ['credit-experts', 'credit-adjudicators', 'digit-experts', 'digit-adjudicators'];

/**
 * One account per role. The second expert adjudicates what the first cannot judge: nobody does both for one case. The
 * second approver votes where the first one asked for a renewal: nobody approves what they requested.
 */
const accounts: readonly Account[] = [
  { name: 'expert', displayName: 'Fachkraft 1', role: 'expert', groups: ['credit-experts', 'digit-experts'] },
  { name: 'adjudicator', displayName: 'Fachkraft 2', role: 'expert', groups: everyGroup },
  { name: 'approver', displayName: 'Freigabe 1', role: 'approver', groups: [] },
  { name: 'second-approver', displayName: 'Freigabe 2', role: 'approver', groups: [] },
  { name: 'process-owner', displayName: 'Prozess 1', role: 'process-owner', groups: [] },
  { name: 'ml-engineer', displayName: 'ML 1', role: 'ml-engineer', groups: [] },
  { name: 'auditor', displayName: 'Revision 1', role: 'auditor', groups: [] },
  { name: 'administrator', displayName: 'Verwaltung 1', role: 'administrator', groups: [] },
];

/** The engine's own API shows process variables, scores among them, before a verdict: it has a key of its own. */
export const applicationScopes = { services: ['credit-risk', 'digits'], engine: false, processes: ['*'] };
const engineScopes = { services: [], engine: true, processes: [] };

export type FirstRunState = {
  /** True until `done` was called once on this folder. */
  pending: boolean;
  /** Completes the file with the address; what it holds, or null where it was removed. */
  publish(url: string): Promise<FirstRun | null>;
  /** Marks that the first run came to its end. */
  done(): Promise<void>;
};

/**
 * Makes the accounts where there are none. The file is written before the first account: a kill in between leaves
 * passwords without accounts, and the next start makes the missing ones from the file.
 */
export async function prepareFirstRun(ledger: Ledger, dataDir: string): Promise<FirstRunState> {
  const file = join(dataDir, 'first-run.json');
  const mark = join(dataDir, 'first-run.pending');
  const known = new Set((await listUsers(ledger)).map(({ name }) => name));
  const isNew = known.size === 0;
  if (isNew) await writeFile(mark, 'The first run has not come to its end yet.\n', { mode: 0o600 });
  const before = await readFirstRun(file);
  const pending = isNew || (await exists(mark));
  const content = isNew || (pending && before !== null) ? await makeAccess(ledger, { file, before, known }) : before;
  return {
    pending,
    async publish(url) {
      if (content === null || content.url === url) return content;
      const told = { ...content, url };
      await writeSecret(file, told);
      return told;
    },
    done: () => rm(mark, { force: true }),
  };
}

async function makeAccess(ledger: Ledger, given: { file: string; before: FirstRun | null; known: Set<string> }): Promise<FirstRun> {
  const content = given.before ?? { url: '', users: accounts.map(({ name, role }) => ({ name, role, password: newPassword() })), apiKey: '', engineKey: { id: '', secret: '' } };
  await writeSecret(given.file, content);
  for (const { name, displayName, role, groups } of accounts) {
    const password = content.users.find((user) => user.name === name)?.password;
    if (password !== undefined && !given.known.has(name)) await createUser(ledger, { name, displayName, password, roles: [role], groups });
  }
  if (content.apiKey !== '') return content;
  // A kill between keys and file leaves keys that nobody knows: harmless, and new ones are made.
  const application = await createApiKey(ledger, { name: 'demo application', scopes: applicationScopes, createdBy });
  const engine = await createApiKey(ledger, { name: 'engine clients', scopes: engineScopes, createdBy });
  const secret = await webhookSecret(ledger, application.apiKey.apiKeyId);
  const complete = { ...content, apiKey: application.secret, webhookSecret: secret, engineKey: { id: engine.apiKey.apiKeyId, secret: engine.secret } };
  await writeSecret(given.file, complete);
  return complete;
}

/** Five groups of four letters and digits: 103 bits. */
function newPassword(): string {
  const letters = 'abcdefghijkmnopqrstuvwxyz23456789ACEFHKLMNPRTUVW';
  const text = [...randomBytes(20)].map((byte) => letters[byte % 48] ?? '').join('');
  return text.replace(/(.{4})(?=.)/g, '$1-');
}

/** Whole or not at all, readable by the owner only. */
async function writeSecret(file: string, content: FirstRun): Promise<void> {
  const next = `${file}.next`;
  await writeFile(next, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(next, file);
}

async function readFirstRun(file: string): Promise<FirstRun | null> {
  const text = await readFile(file, 'utf8').catch(nullWhereMissing);
  if (text === null) return null;
  const read = FirstRun.safeParse(parseJson(text));
  if (read.success) return read.data;
  throw new Error(`The file ${file} is damaged: it does not hold the accounts and keys of the first start. Restore it, or remove it: accounts and keys that exist stay as they are.`);
}

async function exists(file: string): Promise<boolean> {
  return (await readFile(file).catch(nullWhereMissing)) !== null;
}

function nullWhereMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
