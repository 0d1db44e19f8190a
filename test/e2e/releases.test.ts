// A release on the real product, in the browser: proposed, decided by two people, deployed, on its way to live step by step, rolled back; asked back, stopped; voided by new evidence.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, type OpenPage } from './browser.ts';
import { startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => { journey = await startJourney({}); });
afterAll(() => journey?.close());

/** Evaluation and steps take their time on a busy machine. */
const patience = { timeout: 90_000 };

/** Proposes from the models' page; resolves on the page of the new release, with its id. */
async function propose(as: string, version: string): Promise<OpenPage & { release: string }> {
  const opened = await journey.open('/releases', { locale: 'en', as });
  const { page } = opened;
  await page.getByRole('link', { name: 'Propose a version' }).click();
  await page.getByRole('button', { name: `Propose ${version}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Propose' }).click();
  await page.waitForURL(/\/releases\/[\w-]{36}$/);
  await page.getByRole('heading', { level: 1, name: version }).waitFor();
  return { ...opened, release: new URL(page.url()).pathname.split('/').at(-1) ?? '' };
}

const openToVote = (page: Page) => page.locator('button:enabled', { hasText: 'Approve' }).waitFor(patience);

/** Presses the key, confirms, and resolves when the vote is stored. */
async function vote(page: Page, key: string, confirm: string, stored: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press(key);
  await page.getByRole('button', { name: confirm }).click();
  await page.getByText(stored).waitFor();
}

const move = (page: Page, words: string | RegExp) => page.getByRole('table').getByRole('cell', { name: words, exact: typeof words === 'string' });

test('a version is proposed, decided by two people of different roles, goes live step by step, and is rolled back', async () => {
  const engineer = await propose('ml-engineer', 'credit-risk v2');
  const path = `/releases/${engineer.release}`;
  await move(engineer.page, 'Evaluated').waitFor(patience);
  await engineer.page.goto(`${journey.url}${path}/decision`);
  await engineer.page.getByText('You cannot vote here.').waitFor();
  expect(await engineer.page.getByRole('button', { name: 'Approve' }).count()).toBe(0);

  // The first vote: found by the count in the header, given with a condition.
  const approver = await journey.open('/releases', { locale: 'en', as: 'approver' });
  await approver.page.getByRole('link', { name: /Releases 1 decision waits for you/ }).waitFor();
  await approver.page.getByRole('link', { name: 'credit-risk v2' }).click();
  await approver.page.getByText('If approved,').waitFor();
  await openToVote(approver.page);
  for (const part of ['Side by side', 'Error against automation', 'By segment', 'All evidence']) await approver.page.getByRole('heading', { name: part }).waitFor();
  await approver.page.getByRole('row', { name: /Cost per case/ }).getByText(/better|undecided|worse/).waitFor();
  expect(await accessibilityFindings(approver.page)).toEqual([]);
  await approver.page.getByRole('tab', { name: 'Model card' }).click();
  await approver.page.getByRole('heading', { name: 'Model card: credit-risk-v2' }).waitFor();
  expect(await accessibilityFindings(approver.page)).toEqual([]);
  await approver.page.getByRole('tab', { name: 'Lineage' }).click();
  await approver.page.getByText('the same file').waitFor();
  await approver.page.getByRole('tab', { name: 'Evidence' }).click();
  await approver.page.getByRole('button', { name: 'Add a condition' }).click();
  await approver.page.getByRole('textbox', { name: 'New condition' }).fill('Monthly report on short employments');
  await approver.page.getByRole('button', { name: 'Add', exact: true }).click();
  await vote(approver.page, 'a', 'Yes, approve', 'Your approval is stored.');
  await approver.page.getByText('1 of 2, different roles').waitFor();
  await approver.page.getByText('You have voted already.').waitFor({ state: 'hidden' });
  await approver.page.getByRole('link', { name: /Releases 1 decision/ }).waitFor({ state: 'detached' });

  // The second one, by the other role, sees the first and its condition.
  const owner = await journey.open(`${path}/decision`, { locale: 'en', as: 'process-owner' });
  await openToVote(owner.page);
  await owner.page.getByText('approved with 1 condition').waitFor();
  await owner.page.getByRole('textbox', { name: 'Reason or question' }).fill('Cost clearly lower');
  await vote(owner.page, 'a', 'Yes, approve', 'Your approval is stored.');

  // From here on it goes by itself; people may take the next step at once.
  await owner.page.goto(`${journey.url}${path}`);
  await move(owner.page, 'Approved → shadow').waitFor(patience);
  expect(await move(owner.page, 'Approved').count()).toBe(1);
  const step = async (then: string) => {
    await owner.page.getByRole('button', { name: 'Next step now' }).click();
    await owner.page.getByRole('button', { name: 'Yes, do it' }).click();
    await owner.page.getByText('The next step begins.').waitFor();
    await move(owner.page, then).waitFor(patience);
  };
  await step('Shadow → canary 10\u00a0%');
  await step('Canary 10\u00a0% → 50\u00a0%');
  await step('Canary 50\u00a0% → 100\u00a0%');
  await step('Canary 100\u00a0% → live');
  await owner.page.getByText(/^\d+ days left$/).waitFor();
  await owner.page.getByText('Monthly report on short employments').waitFor();
  expect(await accessibilityFindings(owner.page)).toEqual([]);

  await owner.page.getByRole('button', { name: 'Roll back' }).first().click();
  await owner.page.getByText(/From the next case on credit-risk v1 decides again/).waitFor();
  await owner.page.getByRole('textbox', { name: 'Why?' }).fill('complaints from the branch');
  await owner.page.getByRole('button', { name: 'Yes, do it' }).click();
  await owner.page.getByText(/^Withdrawn on/).waitFor(patience);
  await owner.page.getByText('Now credit-risk v1 decides.').waitFor();
  await owner.page.goto(`${journey.url}/releases?service=credit-risk&state=live`);
  await owner.page.getByRole('row', { name: /credit-risk v1 Roll-back/ }).waitFor();
  for (const opened of [engineer, approver, owner]) {
    expect(opened.complaints).toEqual([]);
    await opened.close();
  }
});

test('who proposes does not vote; a question goes back and is answered; a stop takes the version back', async () => {
  const owner = await propose('process-owner', 'digits v2');
  const path = `/releases/${owner.release}`;
  await move(owner.page, 'Evaluated').waitFor(patience);
  await owner.page.goto(`${journey.url}${path}/decision`);
  await owner.page.getByText('You proposed this version. Who proposes does not vote.').waitFor();

  const approver = await journey.open(`${path}/decision`, { locale: 'en', as: 'approver' });
  await openToVote(approver.page);
  await approver.page.getByRole('textbox', { name: 'Reason or question' }).fill('Why is the calibration worse?');
  await vote(approver.page, 'b', 'Yes, ask back', 'Your question is stored.');
  await approver.page.getByText('A question is open. Voting goes on when it is answered.').waitFor({ state: 'hidden' });
  await owner.page.getByRole('textbox', { name: 'Your answer' }).fill('Fewer trees; the threshold is certified all the same.');
  await owner.page.getByRole('button', { name: 'Send the answer' }).click();
  await approver.page.getByText('Fewer trees; the threshold is certified all the same.').waitFor(patience);
  await approver.page.reload();
  await openToVote(approver.page);
  await vote(approver.page, 'a', 'Yes, approve', 'Your approval is stored.');

  await approver.page.goto(`${journey.url}${path}`);
  await move(approver.page, 'Approved → shadow').waitFor(patience);
  await approver.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await approver.page.getByRole('textbox', { name: 'Why?' }).fill('wrong day for it');
  await approver.page.getByRole('button', { name: 'Yes, do it' }).click();
  await approver.page.getByText(/^Withdrawn on/).waitFor(patience);
  await approver.page.getByText('Now digits v1 decides.').waitFor();
  for (const opened of [owner, approver]) {
    expect(opened.complaints).toEqual([]);
    await opened.close();
  }
});

test('evidence that changes voids the vote, and the page says what changed', async () => {
  const engineer = await propose('ml-engineer', 'credit-risk v2');
  const path = `/releases/${engineer.release}/decision`;
  const approver = await journey.open(path, { locale: 'en', as: 'approver' });
  await openToVote(approver.page);
  await vote(approver.page, 'a', 'Yes, approve', 'Your approval is stored.');

  // The registry's card is another now; a question makes the product collect the evidence again.
  const registry = join(journey.dataDir, 'model-registry.json');
  const kept = JSON.parse(readFileSync(registry, 'utf8')) as { versions: Record<string, object> };
  kept.versions['credit-risk-v2'] = { ...kept.versions['credit-risk-v2'], description: '# Model card: credit-risk-v2\n\nAnother card.' };
  writeFileSync(registry, JSON.stringify(kept));
  const owner = await journey.open(path, { locale: 'en', as: 'process-owner' });
  await openToVote(owner.page);
  await owner.page.getByRole('textbox', { name: 'Reason or question' }).fill('Is the card up to date?');
  await vote(owner.page, 'b', 'Yes, ask back', 'Your question is stored.');
  await engineer.page.goto(`${journey.url}${path}`);
  await engineer.page.getByRole('textbox', { name: 'Your answer' }).fill('It is now.');
  await engineer.page.getByRole('button', { name: 'Send the answer' }).click();

  await approver.page.getByText('void: the evidence changed.').waitFor(patience);
  await approver.page.getByText(/Changed: .*Model card/).waitFor(patience);
  await approver.page.getByText('0 of 2, different roles').waitFor();
  await approver.page.reload();
  await openToVote(approver.page);
  await approver.page.getByRole('tab', { name: 'Model card' }).click();
  await approver.page.getByText('Another card.').waitFor();
  await approver.page.getByRole('textbox', { name: 'Reason or question' }).fill('the card was changed under our hands');
  await vote(approver.page, 'r', 'Yes, reject', 'Your rejection is stored.');
  await approver.page.goto(`${journey.url}/releases/${engineer.release}`);
  await approver.page.getByText(/this version never decided/).waitFor(patience);
  for (const opened of [engineer, approver, owner]) {
    expect(opened.complaints).toEqual([]);
    await opened.close();
  }
});
