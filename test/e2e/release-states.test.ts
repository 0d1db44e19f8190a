// States of the release pages that are hard to bring about, on routes that this test stubs with made-up releases; the whole way on the real product is in releases.test.ts.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseDetail } from '../../api/contract/releases.ts';
import { approval, bundle, detail, digestOf, evidence, lead, live } from '../ui/release-stories.ts';
import { accessibilityFindings, contrastFindingsUnderPointer } from './browser.ts';
import { startJourney, type Journey } from './journey.ts';
import { stubReleases, type Stub } from './stubbed-releases.ts';
import { widerThanWindow } from './wider-than-window.ts';

let journey: Journey;
beforeAll(async () => { journey = await startJourney({}); });
afterAll(() => journey?.close());

type Options = { locale?: 'de' | 'en'; dark?: boolean; width?: number; as?: string; stub?: Partial<Stub> };

/** A page with stubbed releases, from the first call of the address on. */
async function opened(path: string, story: ReleaseDetail, { locale = 'en', dark = false, width = 1440, as = 'approver', stub: change = {} }: Options = {}) {
  const { page, complaints, close } = await journey.open('/start', { locale, dark, width, as });
  const stub = await stubReleases(page, story, change);
  complaints.length = 0;
  await page.goto(`${journey.url}${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, complaints, close, stub };
}

async function expectSound(page: Page): Promise<void> {
  expect(await accessibilityFindings(page)).toEqual([]);
  expect(await widerThanWindow(page)).toEqual([]);
}

const places = [
  ['/releases', live(Date.now())],
  ['/releases/rel-2', live(Date.now())],
  ['/releases/rel-2/decision', detail()],
  ['/releases/rel-2/decision?part=card', detail()],
  ['/releases/rel-2/decision?part=lineage', detail()],
  ['/releases/rel-2/decision?part=findings', detail()],
  ['/releases/rel-2/decision?part=history', detail()],
  ['/models', detail()],
] as const;

describe.each([
  ['de', false],
  ['de', true],
  ['en', false],
  ['en', true],
] as const)('in %s, dark: %s', (locale, dark) => {
  test('every release page is accessible and as wide as its window, on a desk, a tablet and a phone', async () => {
    const { page, complaints, close, stub } = await opened('/releases', live(Date.now()), { locale, dark, as: 'process-owner' });
    for (const [path, story] of places) {
      stub.detail = story;
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(`${journey.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await expectSound(page);
      for (const width of [1000, 390]) {
        await page.setViewportSize({ width, height: 844 });
        expect(await widerThanWindow(page)).toEqual([]);
      }
      await expectSound(page);
    }
    expect(complaints).toEqual([]);
    await close();
  });
});

test.each([false, true])('words stay readable under the pointer (dark: %s)', async (dark) => {
  const { page, close } = await opened('/releases/rel-2/decision', detail(), { dark });
  await page.getByText('Side by side').waitFor();
  expect(await contrastFindingsUnderPointer(page)).toEqual([]);
  await page.goto(`${journey.url}/releases/rel-2`);
  await page.getByRole('heading', { level: 2, name: 'What happens next' }).waitFor();
  expect(await contrastFindingsUnderPointer(page)).toEqual([]);
  await close();
});

describe('a vote', () => {
  test('is locked until every document of the evidence is there, and opens when the last one came', async () => {
    const slow = new Set([evidence[2]?.digest ?? '']);
    const { page, close, stub } = await opened('/releases/rel-2/decision', detail(), { stub: { hanging: slow } });
    await page.getByText('Side by side').waitFor();
    await page.getByText('Voting opens as soon as all evidence is here.').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
    await page.keyboard.press('a');
    expect(await page.getByRole('dialog').count()).toBe(0);
    slow.clear();
    await page.reload();
    await page.locator('button:enabled', { hasText: 'Approve' }).waitFor();
    expect(stub.sent).toEqual([]);
    await close();
  });

  test('is locked where a document cannot be read: the others are shown, and this one can be asked for again', async () => {
    const failing = new Set([evidence[0]?.digest ?? '']);
    const { page, close } = await opened('/releases/rel-2/decision', detail(), { stub: { failing } });
    await page.getByText('A piece of evidence is missing; without it nobody votes.').waitFor();
    await page.getByText('Evaluation: could not be read.').waitFor();
    await page.getByText('All evidence').waitFor();
    expect(await page.getByRole('button', { name: 'Reject' }).isDisabled()).toBe(true);
    failing.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Side by side').waitFor();
    await page.locator('button:enabled', { hasText: 'Approve' }).waitFor();
    await close();
  });

  test('goes out with conditions, end, reason and the digest that was read, after a confirmation, by keyboard alone', async () => {
    const { page, close, stub } = await opened('/releases/rel-2/decision', detail());
    await page.locator('button:enabled', { hasText: 'Approve' }).waitFor();
    await page.keyboard.press('r');
    await page.getByRole('status').getByText('A reason is missing').waitFor();
    expect(await page.getByRole('textbox', { name: 'Reason or question' }).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('Cost clearly lower, a b r typed');
    await page.getByRole('button', { name: 'Add a condition' }).press('Enter');
    await page.keyboard.type('Re-assess at 60 audits');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Approve credit-risk v2?' });
    await dialog.getByText('Re-assess at 60 audits').waitFor();
    await dialog.getByText('Yours is the last vote that is missing').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    // Keys of the page sleep behind the dialog.
    await page.keyboard.press('r');
    expect(stub.sent).toEqual([]);
    stub.detail = detail({ voting: { allowed: false, why: 'ALREADY_VOTED', message: 'You have voted.' }, mayVote: false });
    await dialog.getByRole('button', { name: 'Yes, approve' }).press('Enter');
    await page.getByText('Your approval is stored.').waitFor();
    expect(stub.sent).toEqual([{ path: 'votes', body: { answer: 'approve', conditions: ['Re-assess at 60 audits'], validUntil: null, reason: 'Cost clearly lower, a b r typed', evidenceDigest: bundle } }]);
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await close();
  });

  test('is refused where the evidence changed meanwhile: it says what changed, and the typed text stays', async () => {
    const changed = { seen: bundle, now: digestOf('new'), documents: [{ kind: 'evaluation', before: digestOf('a'), after: digestOf('b') }] };
    const { page, close } = await opened('/releases/rel-2/decision', detail(), {
      stub: { answer: (path) => (path.endsWith('/votes') ? { status: 409, body: { type: 'urn:stellwerk:problem:evidence-changed', title: 'changed', status: 409, detail: 'The evidence is another now.', code: 'EVIDENCE_CHANGED', changed } } : undefined) },
    });
    await page.locator('button:enabled', { hasText: 'Approve' }).waitFor();
    await page.getByRole('textbox', { name: 'Reason or question' }).fill('looks good');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('button', { name: 'Yes, approve' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('Your vote was not stored.').waitFor();
    await alert.getByText('Changed: Evaluation.').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByRole('textbox', { name: 'Reason or question' }).inputValue()).toBe('looks good');
    await close();
  });

  test('waits while evidence changes under the reader, until it was read again; a reload keeps what was typed', async () => {
    const { page, close, stub } = await opened('/releases/rel-2/decision', detail());
    await page.locator('button:enabled', { hasText: 'Approve' }).waitFor();
    await page.getByRole('textbox', { name: 'Reason or question' }).fill('still reading');
    const next = detail();
    stub.detail = { ...next, decision: { ...next.decision, bundleDigest: digestOf('another'), votes: [approval({ counts: false, void: 'EVIDENCE_CHANGED' })], needed: next.decision.needed.map((one) => ({ ...one, by: null })) } };
    // The page reads a release on its way every few seconds by itself.
    await page.getByText('The evidence changed while you were reading.').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
    await page.getByText('void: the evidence changed.').waitFor();
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.locator('button:enabled', { hasText: 'Approve' }).waitFor();
    await page.reload();
    await page.locator('button:enabled', { hasText: 'Approve' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Reason or question' }).inputValue()).toBe('still reading');
    await close();
  });

  test.each([
    ['IS_REQUESTER', 'You proposed this version. Who proposes does not vote.'],
    ['IS_TRAINER', 'You trained this version. Who trains does not vote.'],
    ['ROLE_MISSING', 'Approvers and process owners vote.'],
    ['QUESTION_OPEN', 'A question is open. Voting goes on when it is answered.'],
  ] as const)('is not offered under the rule %s, which is named', async (why, words) => {
    const { page, close } = await opened('/releases/rel-2/decision', detail({ mayVote: false, voting: { allowed: false, why, message: 'no' }, actions: [] }));
    await page.getByText(words).waitFor();
    for (const name of ['Approve', 'Ask back', 'Reject', 'Add a condition']) expect(await page.getByRole('button', { name }).count()).toBe(0);
    await page.keyboard.press('a');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await close();
  });

  test('is over where the gate blocked: the finding stands first', async () => {
    const { page, close } = await opened('/releases/rel-2/decision', detail({ gate: { result: 'block', findings: [{ code: 'X', severity: 'info', text: { de: 'Hinweis', en: 'A notice' } }, { code: 'Y', severity: 'block', text: { de: 'Gesperrt', en: 'Cost is worse' } }] } }));
    await page.getByText('Blocked: this version may not go live like this.').waitFor();
    expect(await page.locator('.decision .notice').first().innerText()).toContain('Cost is worse');
    await close();
  });

  test('asks back, and who proposed answers', async () => {
    const question = { vote: 'v1', by: lead, question: 'Why were the rows of 2024 left out?', at: new Date().toISOString(), answer: null };
    const { page, close, stub } = await opened('/releases/rel-2/decision', detail({ questions: [question], mayVote: false, voting: { allowed: false, why: 'IS_REQUESTER', message: 'no' }, actions: ['answer'] }), { as: 'ml-engineer' });
    await page.getByText('Why were the rows of 2024 left out?').waitFor();
    await page.getByRole('textbox', { name: 'Your answer' }).fill('The form changed.');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await expect.poll(() => stub.sent).toEqual([{ path: 'answer', body: { text: 'The form changed.' } }]);
    await close();
  });
});

describe('the page of a release', () => {
  test('draws the curve’s figures as a table too, and walks along it with the arrow keys', async () => {
    const { page, close } = await opened('/releases/rel-2/decision', detail());
    const handle = page.getByRole('slider', { name: 'Share of cases without a person' });
    await handle.focus();
    const before = await handle.getAttribute('aria-valuetext');
    await page.keyboard.press('End');
    expect(await handle.getAttribute('aria-valuetext')).toMatch(/^At 100\.0\u00a0% of the cases: \d+ of 400 wrong/);
    expect(await handle.getAttribute('aria-valuetext')).not.toBe(before);
    await page.getByText('As a table').click();
    expect(await page.getByRole('columnheader', { name: 'Interval' }).count()).toBeGreaterThan(0);
    await close();
  });

  test.each([
    ['expired', /Expired by itself on .*, because nobody renewed it/],
    ['withdrawn', /Withdrawn on/],
    ['rejected', /this version never decided/],
    ['superseded', /Superseded on .* by a newer release/],
  ] as const)('says of a release that is %s what happened and what decides now', async (state, words) => {
    const { page, close } = await opened('/releases/rel-2', live(Date.now(), { state, champion: null, actions: [], reassessment: false }));
    await page.getByText(words).waitFor();
    await page.getByText('Now people decide every case.').waitFor();
    for (const name of ['Stop', 'Roll back']) expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    await close();
  });

  test('shows an alarm first, a stop with who and why, and lets the service run again', async () => {
    const now = new Date().toISOString();
    const story = live(Date.now(), { alarms: [{ kind: 'error-above-alpha', facts: {}, at: now }], serviceStop: { by: { kind: 'person', ...lead }, at: now, reason: 'complaints' }, actions: ['resume'] });
    const { page, close } = await opened('/releases/rel-2', story);
    await page.getByText('The error of the automatic cases is above the limit.').waitFor();
    await page.getByText(/The service is stopped since .* by Credit lead 1/).waitFor();
    let resumed = 0;
    await page.route('**/resume', async (route) => { resumed += 1; await route.fulfill({ status: 204 }); });
    await page.getByRole('button', { name: 'Let the service run again' }).click();
    await page.getByRole('button', { name: 'Yes, do it' }).click();
    await page.getByText('The service runs again.').waitFor();
    expect(resumed).toBe(1);
    await close();
  });

  test('tells how the version did in shadow and canary, and who decides where the shadow ended undecided', async () => {
    const { page, close, stub } = await opened('/releases/rel-2', live(Date.now(), { state: 'shadow', share: 0, terms: null, validUntil: null, reassessment: false, actions: ['step', 'stop'] }));
    await page.getByRole('heading', { name: 'In shadow: undecided' }).waitFor();
    await page.getByText('people decide, on with “Next step now” or back with “Stop”').waitFor();
    await page.getByText('−2.1 points (−8.5 to +4.4)').waitFor();
    await page.getByRole('heading', { name: 'In canary, 50\u00a0%: within limits' }).waitFor();
    await page.getByText('1 of 22').waitFor();
    await expectSound(page);
    expect(stub.sent).toEqual([]);
    await close();
  });

  test('stops, steps on and answers a re-assessment only with a confirmation, and with a reason where one stays in the record', async () => {
    const { page, close, stub } = await opened('/releases/rel-2', live(Date.now(), { actions: ['stop', 'step', 'roll-back', 'reassess'] }));
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const confirm = page.getByRole('button', { name: 'Yes, do it' });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Why?' }).fill('complaints');
    await confirm.click();
    await page.getByText('Stopped.').waitFor();
    await page.getByRole('button', { name: 'Next step now' }).click();
    await confirm.click();
    await page.getByText('The next step begins.').waitFor();
    await page.getByRole('button', { name: /^Renew/ }).click();
    await page.getByRole('textbox', { name: 'Why?' }).fill('the audits hold');
    await confirm.click();
    await page.getByText('Stored.').waitFor();
    expect(stub.sent).toEqual([
      { path: 'stop', body: { reason: 'complaints' } },
      { path: 'step', body: null },
      { path: 'reassessment', body: { answer: 'renew', reason: 'the audits hold' } },
    ]);
    // Nobody can go back to a predecessor that is none.
    expect(await page.getByRole('button', { name: /There is no predecessor/ }).isDisabled()).toBe(true);
    await close();
  });

  test('proposes a version for a service from the models, with its digest and its maker', async () => {
    const { page, close, stub } = await opened('/models', detail(), { as: 'ml-engineer' });
    await page.getByRole('button', { name: 'Propose credit-risk v2' }).click();
    expect(await accessibilityFindings(page)).toEqual([]);
    let proposal: unknown;
    await page.route(/\/api\/releases$/, async (route) => { proposal = route.request().postDataJSON(); await route.fulfill({ status: 201, json: stub.detail }); });
    await page.getByRole('dialog').getByRole('button', { name: 'Propose' }).click();
    await page.waitForURL('**/releases/rel-2');
    expect(proposal).toMatchObject({ service: 'credit-risk', model: { name: 'credit-risk-v2', version: '2', digest: digestOf('model 2') }, reference: 'version-2', source: 'hand', trainedBy: 'ML engineer 1' });
    await close();
  });

  test('that does not exist says so, and shows the way back', async () => {
    const { page, close } = await opened('/releases/rel-9', detail(), { stub: { answer: () => ({ status: 404, body: { type: 'urn:stellwerk:problem:release-unknown', title: 'none', status: 404, detail: 'none' } }) } });
    await page.getByRole('heading', { level: 1, name: 'There is no such release.' }).waitFor();
    await page.getByRole('link', { name: 'To the releases' }).waitFor();
    await close();
  });
});
