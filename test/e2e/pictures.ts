// `npm run pictures`: starts the product with its whole demo on a fresh folder and takes the README's pictures of it.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import { accountOf } from '../harness/application.ts';
import { freePort, startServerProcess, type ServerProcess } from '../harness/server-process.ts';
import { openBrowser, openPage, type PageOptions } from './browser.ts';
import { caseDrawn, judgeUntilSecondLook, signIn } from './journey.ts';

const folder = join(import.meta.dirname, '../../docs/pictures');
const largest = 250_000;
const demoMs = 300_000;
const releaseMs = 90_000;

const dataDir = mkdtempSync(join(tmpdir(), 'stellwerk-pictures-'));
const server = await startServerProcess({ dataDir, port: await freePort(), env: { STELLWERK_DEMO: 'full', STELLWERK_UI: 'build' } });
let browser: Browser | undefined;
try {
  await demoLoaded(server);
  browser = await openBrowser();
  mkdirSync(folder, { recursive: true });
  await inboxBlind(browser);
  await secondLook(browser);
  await digitsDark(browser);
  await inboxPhone(browser);
  await release(browser);
} finally {
  await browser?.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function inboxBlind(browser: Browser): Promise<void> {
  const page = await signedIn(browser, { locale: 'de' });
  await page.goto(`${server.url}/inbox/groups?service=credit-risk`);
  await page.locator('.row').nth(2).click();
  await caseDrawn(page);
  await take(page, 'inbox-blind');
}

async function secondLook(browser: Browser): Promise<void> {
  const page = await signedIn(browser, { locale: 'en' });
  await page.goto(`${server.url}/inbox/groups?service=credit-risk`);
  await page.locator('.row').nth(3).click();
  await judgeUntilSecondLook(page, '2', 'Second look');
  await page.getByText('What moved the suggestion').waitFor();
  await page.keyboard.press('2');
  await page.keyboard.press('a');
  await page.getByRole('textbox', { name: /^Reason/ }).fill('The last payslips are missing');
  await page.locator('.review__crumb').click();
  await take(page, 'second-look');
}

/** Two digits read as they are, so that the left side has something to show; a pace is shown from the third on. */
async function digitsDark(browser: Browser): Promise<void> {
  const page = await signedIn(browser, { locale: 'en', dark: true });
  await page.goto(`${server.url}/fast/digits`);
  const caption = page.locator('.fast__picture figcaption').first();
  const truths = await readDemoCases('digits', 'held-out');
  for (let read = 0; read < 2; read++) {
    const shown = (await caption.innerText()).split(',')[0] ?? '';
    const truth = truths[Number(shown.split('-').at(-1)) - 1]?.outcome ?? '';
    await page.keyboard.press(truth);
    const next = caption.filter({ hasNotText: shown });
    const differs = page.getByRole('radio').first();
    await next.or(differs).first().waitFor();
    if (!(await differs.isVisible())) continue;
    await page.keyboard.press(truth);
    await page.keyboard.press('a');
    await page.keyboard.press('Control+Enter');
    await next.waitFor();
  }
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await take(page, 'digits-dark');
}

async function inboxPhone(browser: Browser): Promise<void> {
  const page = await signedIn(browser, { locale: 'de', width: 390, height: 844 });
  await page.goto(`${server.url}/inbox/groups?service=credit-risk`);
  await page.locator('.row').nth(2).click();
  await caseDrawn(page);
  await take(page, 'inbox-phone');
}

/** A version from its proposal to live: proposed, decided by two people, taken on step by step. */
async function release(browser: Browser): Promise<void> {
  const engineer = await signedIn(browser, { locale: 'en', as: 'ml-engineer' });
  await engineer.goto(`${server.url}/models`);
  await engineer.getByRole('button', { name: 'Propose credit-risk v2' }).click();
  await show(engineer, 'release-propose');
  await engineer.getByRole('dialog').getByRole('button', { name: 'Propose' }).click();
  await engineer.waitForURL(/\/releases\/[\w-]{36}$/);
  const address = engineer.url();
  await engineer.getByRole('cell', { name: 'Evaluated', exact: true }).waitFor({ timeout: releaseMs });
  await engineer.context().close();

  const owner = await signedIn(browser, { locale: 'en', as: 'process-owner' });
  await owner.goto(`${address}/decision`);
  await owner.getByRole('button', { name: 'Add a condition' }).click();
  await owner.getByRole('textbox', { name: 'New condition' }).fill('Monthly report on short employments');
  await owner.getByRole('button', { name: 'Add', exact: true }).click();
  await owner.getByRole('textbox', { name: 'Reason or question' }).fill('Cost clearly lower');
  await approve(owner, 'Approve', 'Yes, approve');
  await owner.context().close();

  const approver = await signedIn(browser, { locale: 'en', as: 'approver' });
  await approver.goto(`${address}/decision`);
  await approver.getByText('approved with 1 condition').waitFor();
  await approver.getByText('Side by side').waitFor();
  await show(approver, 'release-decision');
  await approve(approver, 'Approve', 'Yes, approve');
  await approver.context().close();

  const page = await signedIn(browser, { locale: 'de', dark: true, as: 'approver' });
  await page.goto(address);
  for (const then of ['Schatten → Probebetrieb 10\u00a0%', 'Probebetrieb 10\u00a0% → 50\u00a0%', 'Probebetrieb 50\u00a0% → 100\u00a0%', 'Probebetrieb 100\u00a0% → live']) {
    await page.getByRole('button', { name: 'Nächster Schritt jetzt' }).click({ timeout: releaseMs });
    await page.getByRole('button', { name: 'Ja, so' }).click();
    await page.getByRole('cell', { name: then }).waitFor({ timeout: releaseMs });
  }
  await page.reload();
  await page.getByRole('cell', { name: 'Probebetrieb 100\u00a0% → live' }).waitFor();
  await take(page, 'release-timeline');
}

async function approve(page: Page, button: string, confirm: string): Promise<void> {
  await page.locator('button:enabled', { hasText: button }).first().click();
  await page.getByRole('button', { name: confirm }).click();
  await page.getByRole('status').getByText('Your approval is stored.').waitFor();
}

async function signedIn(browser: Browser, { as = 'expert', ...options }: Omit<PageOptions, 'origin'> & { as?: string }): Promise<Page> {
  const { page } = await openPage(browser, { ...options, origin: server.url });
  await signIn(page, server.url, accountOf(server.firstRun(), as), options.locale);
  return page;
}

/** Takes the picture and ends with the page. */
async function take(page: Page, name: string): Promise<void> {
  await show(page, name);
  await page.context().close();
}

async function show(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = statSync(path);
  console.log(`${path}: ${Math.round(size / 1000)} kB`);
  if (size > largest) throw new Error(`${name}.png has ${size} bytes; at most ${largest} are wanted in the repository`);
}

/** The server prints a line on the errors of the model when a service's replay is through. */
async function demoLoaded({ output }: ServerProcess): Promise<void> {
  const deadline = Date.now() + demoMs;
  while (output().split('errors of the model').length < 3) {
    if (Date.now() > deadline) throw new Error(`the demo was not loaded within ${demoMs / 1000} s:\n${output()}`);
    await wait(200);
  }
}
