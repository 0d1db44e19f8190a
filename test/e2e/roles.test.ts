// Each role signs in to a page that is its own: no refused call, nothing offered that the server would refuse.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings } from './browser.ts';
import { startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => { journey = await startJourney({ digits: 2 }); });
afterAll(() => journey?.close());

test.each(['ml-engineer', 'approver'])('%s starts with the releases and finds an overview; the inbox is not offered', async (as) => {
  const { page, complaints, close } = await journey.open('/', { locale: 'en', as });
  await page.getByRole('heading', { level: 1, name: 'Releases' }).waitFor();
  await page.getByRole('link', { name: 'credit-risk v1' }).first().waitFor();
  expect(await page.getByRole('navigation', { name: 'Main places' }).getByRole('link').allInnerTexts()).toEqual(['Releases', 'Overview']);
  // A demo release was opened, not proposed: its page says so.
  await page.getByRole('link', { name: 'credit-risk v1' }).first().click();
  await page.getByRole('row', { name: /Live by itself opened/ }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Releases' }).waitFor();
  expect(await page.getByRole('link', { name: 'Propose a version' }).count()).toBe(as === 'ml-engineer' ? 1 : 0);
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('heading', { level: 1, name: /^Your role: / }).waitFor();
  await page.getByText('Demo release').first().waitFor();
  expect(await page.getByRole('link', { name: 'Figures of the server (text)' }).count()).toBe(as === 'ml-engineer' ? 1 : 0);
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.goto(`${journey.url}/inbox/mine`);
  await page.getByRole('heading', { level: 1, name: 'Releases' }).waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('an expert has the inbox alone: no release is offered or shown', async () => {
  const { page, complaints, close } = await journey.open('/', { locale: 'en' });
  await page.getByRole('heading', { level: 1, name: 'Mine' }).waitFor();
  expect(await page.getByRole('navigation', { name: 'Main places' }).getByRole('link').allInnerTexts()).toEqual(['Inbox']);
  await page.goto(`${journey.url}/releases`);
  await page.getByRole('heading', { level: 1, name: 'Mine' }).waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test.each(['auditor', 'administrator', 'process-owner'])('%s reads along and is offered no action', async (as) => {
  const { page, complaints, close } = await journey.open('/', { locale: 'en', as });
  await page.getByRole('link', { name: /digits-\d+/ }).first().click();
  await page.getByRole('heading', { level: 1, name: /digits-\d+$/ }).waitFor();
  await page.getByText('You read along: experts take and judge the cases.').waitFor();
  for (const action of ['Claim', 'Unclaim', 'Cannot judge', 'Take the oldest']) expect(await page.getByRole('button', { name: action }).count()).toBe(0);
  expect(await page.getByText('fast mode').count()).toBe(0);
  await page.goto(`${journey.url}/inbox/mine`);
  await page.getByText('You read along: experts take and judge the cases.').waitFor();
  expect(await page.getByText('Take the oldest').count()).toBe(0);
  expect(complaints).toEqual([]);
  await close();
});
