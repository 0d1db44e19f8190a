// An expert's day in the browser: judge blind, look twice, take back, ask, pass on, read digits; and what API and record say of it.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import { accessibilityFindings } from './browser.ts';
import { caseDrawn, judgeUntilSecondLook, openedBusinessId, otherCase, rows, startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => { journey = await startJourney({ 'credit-risk': 24, digits: 6 }); });
afterAll(() => journey?.close());

const list = '/inbox/unassigned?service=credit-risk';

/** What the server told the page about tasks, word for word. */
function taskAnswers(page: Page): string[] {
  const answers: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/inbox/tasks') && response.request().method() === 'GET') void response.text().then((text) => answers.push(text), () => undefined);
  });
  return answers;
}

/** The status of the answer to the next request of the page to this end of an address. */
async function answerTo(page: Page, end: string, act: () => Promise<unknown>): Promise<number> {
  const answer = page.waitForResponse((response) => response.url().endsWith(end));
  await act();
  return (await answer).status();
}

async function openFirst(page: Page): Promise<string> {
  await rows(page).first().click();
  await caseDrawn(page);
  return openedBusinessId(page);
}

test('judges credit applications blind, looks twice where the model says otherwise, and the decision stands in API and record', async () => {
  const { page, complaints, close } = await journey.open('/', { locale: 'en' });
  const answers = taskAnswers(page);
  await page.goto(`${journey.url}${list}`);
  await openFirst(page);
  await page.getByRole('group', { name: 'Would you grant this credit?' }).waitFor();
  await page.locator('.fjs-powered-by-link').waitFor();
  expect(answers.length).toBeGreaterThan(0);
  expect(answers.join('\n')).not.toMatch(/"suggestion"|"confidence"|"reasons"|PILOT|AUDIT|LOW_CONFIDENCE/);
  expect(await page.getByText('The model suggests').count()).toBe(0);

  const judged = await judgeUntilSecondLook(page, '2', 'Second look');
  const secondLook = page.getByRole('tab', { name: 'Second look' });
  await page.getByText('What moved the suggestion').waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);

  // Without a reason nothing is stored; with one the decision is.
  await page.keyboard.press('2');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').getByText('A reason is missing').waitFor();
  expect(await secondLook.isVisible()).toBe(true);
  await page.keyboard.press('a');
  await page.keyboard.press('Control+Enter');
  await otherCase(page, judged);

  const caseId = journey.caseIds.get(judged) ?? '';
  const decided = await journey.app.readCase(caseId, 30);
  expect(decided).toMatchObject({ status: 'decided', decision: 'decline', decidedBy: 'expert' });
  const record = await journey.readRecord(judged);
  expect(record.decision).toMatchObject({ class: 'decline', decidedBy: 'expert', provenance: 'after-seeing-model-kept' });
  expect(record.verdicts.map(({ step, class: verdict, blind }) => ({ step, verdict, blind }))).toEqual([
    { step: 'blind', verdict: 'decline', blind: true },
    { step: 'final', verdict: 'decline', blind: false },
  ]);
  expect(complaints).toEqual([]);
  await close();
});

test('im zweiten Blick auf Deutsch: liest den ganzen Fall, wechselt mit eigenen Worten, und der Wechsel steht in der Akte', async () => {
  const { page, complaints, close } = await journey.open(list, { locale: 'de' });
  await openFirst(page);
  await page.getByRole('group', { name: 'Würden Sie diesen Kredit gewähren?' }).waitFor();
  const judged = await judgeUntilSecondLook(page, '2', 'Zweiter Blick');
  await page.getByText('Was den Vorschlag bewegt hat').waitFor();
  await page.getByText('Das Modell schlägt vor').waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.keyboard.press('c');
  await caseDrawn(page);
  expect(await page.getByRole('tab', { name: 'Fall' }).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('c');
  await page.getByRole('radio', { name: 'Wechseln: Gewähren' }).click();
  await page.getByRole('textbox', { name: /^Grund/ }).fill('Einkommen ist nachgewiesen, 2 Bürgen');
  await page.getByRole('button', { name: 'Speichern und nächster Fall' }).click();
  await otherCase(page, judged);
  await page.getByText(`Gewähren gespeichert für ${judged}`).waitFor();

  const caseId = journey.caseIds.get(judged) ?? '';
  expect(await journey.app.readCase(caseId, 30)).toMatchObject({ status: 'decided', decision: 'grant', decidedBy: 'expert' });
  const record = await journey.readRecord(judged);
  expect(record.decision).toMatchObject({ class: 'grant', provenance: 'after-seeing-model-switched' });
  expect(record.verdicts).toMatchObject([{ class: 'decline' }, { class: 'grant', text: 'Einkommen ist nachgewiesen, 2 Bürgen' }]);
  expect(complaints).toEqual([]);
  await close();
});

test('takes a verdict back with Z in the list view, and the second look is open again', async () => {
  const { page, complaints, close } = await journey.open(list, { locale: 'en' });
  await openFirst(page);
  const judged = await judgeUntilSecondLook(page, '2', 'Second look');
  await page.keyboard.press('2');
  await page.keyboard.press('a');
  await page.keyboard.press('Control+Enter');
  await otherCase(page, judged);
  await page.getByText(`Decline stored for ${judged}`).waitFor();
  expect(await answerTo(page, '/undo', () => page.keyboard.press('z'))).toBe(200);
  await page.getByRole('heading', { level: 1, name: judged }).waitFor();
  await page.getByRole('tab', { name: 'Second look' }).waitFor();
  await page.getByText(`${judged}: taken back`).waitFor();
  expect(await journey.app.readCase(journey.caseIds.get(judged) ?? '')).toMatchObject({ status: 'in-review' });
  expect(complaints).toEqual([]);
  await close();
});

test('leaves more time to take a verdict back while the focus is on the offer', async () => {
  const { page, complaints, close } = await journey.open(list, { locale: 'en' });
  await openFirst(page);
  const judged = await judgeUntilSecondLook(page, '2', 'Second look');
  await page.keyboard.press('2');
  await page.keyboard.press('a');
  const answered = page.waitForResponse((response) => response.url().endsWith('/final-verdict'));
  await page.keyboard.press('Control+Enter');
  const { task } = (await (await answered).json()) as { task: { undoUntil: string } };
  const hold = () => page.waitForResponse((response) => response.url().endsWith('/hold'), { timeout: 20_000 });
  const first = hold();
  await page.getByRole('button', { name: 'Undo' }).focus();
  const second = first.then(() => hold());
  const untils = [(await (await first).json()) as { undoUntil: string }, (await (await second).json()) as { undoUntil: string }].map(({ undoUntil }) => Date.parse(undoUntil) - Date.parse(task.undoUntil));
  expect(untils).toEqual([5000, 10_000]);
  // The first five seconds are over, and Undo still works.
  expect(Date.now()).toBeGreaterThan(Date.parse(task.undoUntil) - 1);
  expect(await answerTo(page, '/undo', () => page.keyboard.press('Enter'))).toBe(200);
  await page.getByRole('heading', { level: 1, name: judged }).waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('asks for information and keeps the case; passes another on, and it goes back to the group', async () => {
  const { page, complaints, close } = await journey.open(list, { locale: 'en' });
  const asked = await openFirst(page);
  await page.keyboard.press('i');
  const words = page.getByRole('textbox', { name: 'What do you need for a verdict?' });
  await words.fill('the last three payslips, 1 to 3');
  expect(await answerTo(page, '/need-information', () => page.keyboard.press('Control+Enter'))).toBe(200);
  await otherCase(page, asked);
  const passedOn = await openedBusinessId(page);
  await caseDrawn(page);
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: /Why is it not yours/ }).waitFor();
  expect(await answerTo(page, '/not-mine', () => page.getByRole('button', { name: 'Not mine' }).click())).toBe(200);
  await otherCase(page, passedOn);

  await page.goto(`${journey.url}/inbox/mine?service=credit-risk`);
  await rows(page, asked).waitFor();
  expect(await rows(page, passedOn).count()).toBe(0);
  await page.goto(`${journey.url}${list}`);
  await rows(page, passedOn).waitFor();
  // What was asked stands at the case, and the verdict is still open.
  await page.goto(`${journey.url}/inbox/mine?service=credit-risk`);
  await rows(page, asked).click();
  await page.getByText('the last three payslips, 1 to 3').waitFor();
  await page.getByRole('group', { name: 'Would you grant this credit?' }).waitFor();
  expect(await journey.app.readCase(journey.caseIds.get(asked) ?? '')).toMatchObject({ status: 'in-review' });
  expect(complaints).toEqual([]);
  await close();
});

test('reads a digit by one key, takes it back, reads it again, and the reading decides the case', async () => {
  const { page, complaints, close } = await journey.open('/fast/digits', { locale: 'en', dark: true });
  const caption = page.getByText(/^digits-\d+, waiting since/);
  await caption.waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  const businessId = (await caption.innerText()).split(',')[0] ?? '';
  const truth = (await readDemoCases('digits', 'held-out'))[Number(businessId.split('-')[1]) - 1]?.outcome ?? '';
  const stored = page.waitForResponse((response) => response.url().endsWith('/verdict'));
  await page.keyboard.press(truth);
  const outcome = ((await (await stored).json()) as { outcome: string }).outcome;
  if (outcome === 'differs') {
    // The model was wrong: keep the own reading with a reason.
    await page.getByRole('radio').first().waitFor();
    await page.keyboard.press(truth);
    await page.keyboard.press('a');
    await page.keyboard.press('Control+Enter');
  } else {
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.keyboard.press('z');
    await caption.filter({ hasText: `${businessId},` }).waitFor();
    await page.keyboard.press(truth);
  }
  await caption.filter({ hasNotText: `${businessId},` }).waitFor();
  const decided = await journey.app.readCase(journey.caseIds.get(businessId) ?? '', 30);
  expect(decided).toMatchObject({ status: 'decided', decision: truth, decidedBy: 'expert' });
  expect(complaints).toEqual([]);
  await close();
});

test('a second expert who comes too late is told who has the task, and nothing is taken away', async () => {
  const first = await journey.open(list, { locale: 'en' });
  const second = await journey.open(list, { locale: 'en', as: 'adjudicator' });
  const wanted = await openFirst(first.page);
  await rows(second.page, wanted).click();
  await caseDrawn(second.page);
  // The page of the second has not heard of it yet: it learns it from the answer.
  await second.page.route('**/api/inbox/tasks**', async (route) => { if (route.request().method() === 'POST') await route.continue(); });
  expect(await answerTo(first.page, '/claim', () => first.page.getByRole('button', { name: 'Claim' }).click())).toBe(200);
  expect(await answerTo(second.page, '/verdict', () => second.page.keyboard.press('1'))).toBe(409);
  await second.page.getByText('Fachkraft 1 took this case').waitFor();
  expect(first.complaints).toEqual([]);
  await first.close();
  await second.close();
});
