/** What every browser journey starts from: the whole product on a fresh folder, open cases, a browser, people who sign in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { CaseRecord } from '../../api/contract/cases.ts';
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import { accountOf, application, type Application } from '../harness/application.ts';
import { freePort, startServerProcess, type ServerProcess } from '../harness/server-process.ts';
import { openBrowser, openPage, type OpenPage, type PageOptions } from './browser.ts';

export type Journey = {
  /** The running product: another process after `restart`. */
  server: () => ServerProcess;
  url: string;
  /** The folder of the product's data. */
  dataDir: string;
  app: Application;
  /** The record of a case as the auditor reads it, by the case's business id. */
  readRecord: (businessId: string) => Promise<CaseRecord>;
  /** Ids of the open cases by business id. */
  caseIds: Map<string, string>;
  /** A signed-in page on an address of the product. */
  open: (path: string, options: Omit<PageOptions, 'origin'> & { as?: string }) => Promise<OpenPage>;
  /** A page with nobody signed in. */
  openSignedOut: (options: Omit<PageOptions, 'origin'>) => Promise<OpenPage>;
  /** SIGKILL: no goodbye. */
  kill: () => Promise<void>;
  /** A new process on the same folder and port, where the one before was killed. */
  start: () => Promise<void>;
  close: () => Promise<void>;
};

/** Starts the product with the demo's releases and so many open cases of each service. */
export async function startJourney(open: Partial<Record<'credit-risk' | 'digits', number>>): Promise<Journey> {
  const dataDir = mkdtempSync(join(tmpdir(), 'stellwerk-e2e-'));
  const port = await freePort();
  const start = () => startServerProcess({ dataDir, port, env: { STELLWERK_DEMO: 'releases', STELLWERK_UI: 'build', STELLWERK_SIGN_IN_LIMIT: '1000' } });
  let server = await start();
  const { url } = server;
  const app = application(url, server.firstRun().apiKey);
  const caseIds = new Map<string, string>();
  for (const [service, count] of Object.entries(open)) for (const [businessId, caseId] of await openCases(app, service, count)) caseIds.set(businessId, caseId);
  const browser: Browser = await openBrowser();
  let auditor: string | undefined;
  let killed = false;
  return {
    server: () => server,
    url,
    dataDir,
    app,
    caseIds,
    async open(path, { as = 'expert', ...options }) {
      const opened = await openPage(browser, { ...options, origin: url });
      await signIn(opened.page, url, accountOf(server.firstRun(), as), options.locale);
      await opened.page.goto(`${url}${path}`);
      return opened;
    },
    async openSignedOut(options) {
      const opened = await openPage(browser, { ...options, origin: url });
      await opened.page.goto(url);
      return opened;
    },
    async readRecord(businessId) {
      auditor ??= await signInByApi(url, accountOf(server.firstRun(), 'auditor'));
      const answer = await fetch(`${url}/api/cases/${caseIds.get(businessId) ?? ''}/record`, { headers: { cookie: auditor } });
      return CaseRecord.parse(await answer.json());
    },
    async kill() {
      killed = true;
      await server.kill();
    },
    async start() {
      if (killed) server = await start();
      killed = false;
    },
    async close() {
      await browser.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts held-out cases until so many wait for people. */
async function openCases(app: Application, service: string, wanted: number): Promise<Map<string, string>> {
  const waiting = new Map<string, string>();
  for (const [index, { input }] of (await readDemoCases(service, 'held-out')).entries()) {
    if (waiting.size === wanted) return waiting;
    const businessId = `${service}-${index + 1}`;
    const started = await app.startCase(service, input, businessId, businessId);
    if (started.status !== 'decided') waiting.set(businessId, started.caseId);
  }
  if (waiting.size < wanted) throw new Error(`only ${waiting.size} of ${wanted} cases of ${service} went to people`);
  return waiting;
}

const signInWords = { en: { name: 'Name', password: 'Password', submit: 'Sign in' }, de: { name: 'Name', password: 'Passwort', submit: 'Anmelden' } };

/** The cookie of a session. */
async function signInByApi(url: string, account: { name: string; password: string }): Promise<string> {
  const answer = await fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: account.name, password: account.password }) });
  if (!answer.ok) throw new Error(`${account.name} was not let in: ${await answer.text()}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]).join('; ');
}

/** Resolves when the inbox is drawn, so that a navigation that follows interrupts nothing. */
export async function signIn(page: Page, url: string, account: { name: string; password: string }, locale: 'de' | 'en'): Promise<void> {
  const words = signInWords[locale];
  await page.goto(url);
  await page.getByLabel(words.name, { exact: true }).fill(account.name);
  await page.getByLabel(words.password, { exact: true }).fill(account.password);
  await page.getByRole('button', { name: words.submit, exact: true }).click();
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: words.submit }).waitFor();
}

/** Rows of the list; with a business id, that case's row. */
export function rows(page: Page, businessId?: string): Locator {
  return page.getByRole('link', { name: businessId === undefined ? /(credit-risk|digits)-\d/ : new RegExp(`${businessId}\\b`) });
}

/** The heading of the open case. */
export function caseHeading(page: Page): Locator {
  return page.getByRole('heading', { level: 1, name: /-\d+$/ });
}

export async function openedBusinessId(page: Page): Promise<string> {
  return (await caseHeading(page).innerText()).split(' ').at(-1) ?? '';
}

/** Resolves when another case than this one is open. */
export async function otherCase(page: Page, businessId: string): Promise<void> {
  await caseHeading(page).filter({ hasNotText: new RegExp(`${businessId}$`) }).waitFor();
}

/** The case is drawn: its question can be answered. */
export async function caseDrawn(page: Page): Promise<void> {
  await page.locator('.case-form[data-drawn=true], .case-view__picture').first().waitFor();
}

/**
 * Gives this verdict by key, case after case, until the model says otherwise; cases that end with the verdict alone go
 * on by themselves. Resolves with the case on which the second look is open.
 */
export async function judgeUntilSecondLook(page: Page, key: string, tabName: string): Promise<string> {
  const secondLook = page.getByRole('tab', { name: tabName });
  for (let tries = 0; tries < 12; tries++) {
    const judged = await openedBusinessId(page);
    await caseDrawn(page);
    await page.keyboard.press(key);
    await secondLook.or(caseHeading(page).filter({ hasNotText: new RegExp(`${judged}$`) })).first().waitFor();
    if (await secondLook.isVisible()) return judged;
  }
  throw new Error('the model never said otherwise');
}
