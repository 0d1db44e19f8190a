// The product goes away in the middle of a review and comes back: what was answered meanwhile is stored once.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { caseDrawn, openedBusinessId, otherCase, rows, startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => { journey = await startJourney({ 'credit-risk': 6, digits: 4 }); });
afterEach(() => journey.start());
afterAll(() => journey?.close());

const lost = (page: Page) => page.getByRole('status').getByText(/^No connection since/);

test('a verdict given while the server is gone waits, is sent once when it is back, and counts once', async () => {
  const { page, close } = await journey.open('/inbox/unassigned?service=credit-risk', { locale: 'en' });
  await rows(page).first().click();
  await caseDrawn(page);
  const judged = await openedBusinessId(page);
  await journey.kill();
  // The stream of events broke: the page has noticed by itself.
  await lost(page).waitFor();
  await page.keyboard.press('0');
  const words = page.getByRole('textbox', { name: /^Why/ });
  await words.fill('the payslip is unreadable');
  await page.getByRole('button', { name: 'Cannot judge' }).click();
  await page.getByText(': 1 waiting').waitFor();
  expect(await words.inputValue()).toBe('the payslip is unreadable');

  const stored = page.waitForResponse((response) => response.url().endsWith('/verdict') && response.ok());
  await journey.start();
  await page.getByRole('button', { name: 'Try now' }).click();
  await stored;
  await lost(page).waitFor({ state: 'detached' });
  await otherCase(page, judged);
  const record = await journey.readRecord(judged);
  expect(record.verdicts).toMatchObject([{ answer: 'cannot-judge', text: 'the payslip is unreadable', blind: true }]);
  expect(record.verdicts).toHaveLength(1);
  await close();
});

test('a verdict whose answer was lost on the way is not given a second time', async () => {
  const { page, close } = await journey.open('/inbox/unassigned?service=credit-risk', { locale: 'en' });
  await rows(page).first().click();
  await caseDrawn(page);
  const judged = await openedBusinessId(page);
  let sent = 0;
  await page.route('**/verdict', async (route) => {
    sent += 1;
    // The server takes it, and the answer never arrives.
    await route.fetch();
    await route.abort('connectionreset');
  });
  await page.keyboard.press('0');
  await page.getByRole('button', { name: 'Cannot judge' }).click();
  await otherCase(page, judged);
  expect(sent).toBe(1);
  expect((await journey.readRecord(judged)).verdicts).toHaveLength(1);
  await close();
});

test('in fast mode reading goes on while the server is gone, and all of it is stored once', async () => {
  const { page, close } = await journey.open('/fast/digits', { locale: 'en' });
  const caption = page.getByText(/^digits-\d+, waiting since/);
  await caption.waitFor();
  await journey.kill();
  await lost(page).waitFor();
  const read: string[] = [];
  for (const key of ['3', '5']) {
    const businessId = (await caption.innerText()).split(',')[0] ?? '';
    read.push(businessId);
    await page.keyboard.press(key);
    await caption.filter({ hasNotText: `${businessId},` }).waitFor();
  }
  await page.getByText(': 2 waiting').waitFor();
  await journey.start();
  // Nobody presses anything: the page asks by itself.
  await lost(page).waitFor({ state: 'detached' });
  for (const [index, businessId] of read.entries()) {
    await expect.poll(async () => (await journey.readRecord(businessId)).verdicts.map((verdict) => verdict.class), { timeout: 30_000 }).toEqual([['3', '5'][index]]);
  }
  await close();
});

test('a page opened while the server is gone says so, and works when it is back', async () => {
  const { page, close } = await journey.open('/inbox/unassigned?service=credit-risk', { locale: 'en' });
  await rows(page).first().waitFor();
  await journey.kill();
  await lost(page).waitFor();
  await page.getByRole('link', { name: /^Done/ }).click();
  await page.getByText('could not be read').first().waitFor();
  await journey.start();
  await page.getByText('could not be read').waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'Done' }).waitFor();
  await close();
});
