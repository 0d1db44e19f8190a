// The pages themselves: both languages and themes without accessibility findings, the phone, the keyboard alone, help and preferences.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPages } from '../../api/run/build-pages.ts';
import { accessibilityFindings, contrastFindingsUnderPointer } from './browser.ts';
import { widerThanWindow } from './wider-than-window.ts';
import { caseDrawn, judgeUntilSecondLook, openedBusinessId, otherCase, rows, startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => { journey = await startJourney({ 'credit-risk': 10, digits: 3 }); });
afterAll(() => journey?.close());

const phone = { width: 390, height: 844 };

async function expectSound(page: Page): Promise<void> {
  expect(await accessibilityFindings(page)).toEqual([]);
  expect(await widerThanWindow(page)).toEqual([]);
}

describe.each([
  ['de', false],
  ['de', true],
  ['en', false],
  ['en', true],
] as const)('in %s, dark: %s', (locale, dark) => {
  test('every place is accessible and as wide as its window, on a desk and on a phone', async () => {
    const door = await journey.openSignedOut({ locale, dark });
    await door.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await door.page.locator('html').getAttribute('lang')).toBe(locale);
    await expectSound(door.page);
    await door.page.setViewportSize(phone);
    await expectSound(door.page);
    await door.close();

    const { page, complaints, close } = await journey.open('/inbox/groups', { locale, dark });
    await rows(page).first().waitFor();
    await expectSound(page);
    await page.setViewportSize(phone);
    await expectSound(page);
    await rows(page, 'credit-risk-\\d+').first().click();
    await caseDrawn(page);
    await expectSound(page);
    await page.setViewportSize({ width: 1024, height: 768 });
    await expectSound(page);
    await page.goto(`${journey.url}/fast/digits`);
    await page.getByText(/^digits-\d+, /).waitFor();
    await expectSound(page);
    await page.setViewportSize(phone);
    await expectSound(page);
    expect(complaints).toEqual([]);
    await close();
  });
});

test.each([false, true])('words stay readable under the pointer (dark: %s)', async (dark) => {
  const { page, close } = await journey.open('/inbox/groups', { locale: 'de', dark });
  await rows(page, 'credit-risk-\\d+').first().click();
  await caseDrawn(page);
  expect(await contrastFindingsUnderPointer(page)).toEqual([]);
  await close();
});

test('the second look is accessible and as wide as its window on a phone', async () => {
  const { page, complaints, close } = await journey.open('/inbox/unassigned?service=credit-risk', { locale: 'de', dark: true });
  await rows(page).first().click();
  await caseDrawn(page);
  await judgeUntilSecondLook(page, '2', 'Zweiter Blick');
  await page.getByText('Was den Vorschlag bewegt hat').waitFor();
  await page.setViewportSize(phone);
  await expectSound(page);
  expect(await contrastFindingsUnderPointer(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});

/** The place of the focus, and whether it can be seen: an outline of at least 2 px. */
async function focus(page: Page): Promise<{ name: string; visible: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return { name: `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? (element instanceof HTMLElement ? element.innerText.slice(0, 200) : '')}`, visible: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 };
  });
}

test('works with the keyboard alone: the focus is always to be seen, the list is walked with J and K, a case opened, judged and left', async () => {
  const { page, complaints, close } = await journey.open('/inbox/unassigned?service=credit-risk', { locale: 'en' });
  await rows(page).nth(2).waitFor();
  const seen: string[] = [];
  await page.keyboard.press('Tab');
  while (seen.length < 30) {
    const { name, visible } = await focus(page);
    expect({ name, visible }).toEqual({ name, visible: true });
    seen.push(name);
    if (/credit-risk-\d/.test(name.replaceAll('\n', ' ')) || seen.filter((other) => other === name).length > 1) break;
    await page.keyboard.press('Tab');
  }
  expect(seen[0]).toContain('Skip to content');
  // The row in focus opens with Enter; J and K walk from there.
  await page.keyboard.press('Enter');
  await caseDrawn(page);
  const firstOpened = await openedBusinessId(page);
  await page.keyboard.press('j');
  await otherCase(page, firstOpened);
  await page.keyboard.press('k');
  await page.getByRole('heading', { level: 1, name: new RegExp(`${firstOpened}$`) }).waitFor();
  await caseDrawn(page);

  // Both verdicts are reached by Tab, neither has the focus before.
  const grant = page.getByRole('button', { name: 'Grant' });
  expect(await grant.evaluate((button) => document.activeElement === button)).toBe(false);
  for (let tabs = 0; tabs < 60 && !(await grant.evaluate((button) => document.activeElement === button)); tabs++) await page.keyboard.press('Tab');
  expect(await focus(page)).toMatchObject({ visible: true });
  await page.keyboard.press('Tab');
  expect((await focus(page)).name).toContain('Decline');
  const verdict = page.waitForResponse((response) => response.url().endsWith('/verdict'));
  await page.keyboard.press('Enter');
  expect((await verdict).status()).toBe(200);
  await page.getByRole('tab', { name: 'Second look' }).or(page.getByRole('button', { name: 'Undo' })).first().waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/inbox/unassigned?service=credit-risk');
  expect(complaints).toEqual([]);
  await close();
});

test('language and theme change at once and are kept', async () => {
  const { page, complaints, close } = await journey.open('/inbox/groups', { locale: 'en' });
  const html = page.locator('html');
  await page.getByRole('heading', { level: 1, name: 'My groups' }).waitFor();
  await page.getByRole('button', { name: 'DE, Deutsch' }).click();
  await page.getByRole('heading', { level: 1, name: 'Meine Gruppen' }).waitFor();
  expect(await html.getAttribute('lang')).toBe('de');
  expect(await html.getAttribute('data-theme')).toBe('g10');
  await page.getByRole('button', { name: 'Erscheinungsbild' }).click();
  await page.getByRole('button', { name: 'Dunkel' }).click();
  expect(await html.getAttribute('data-theme')).toBe('g100');
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Meine Gruppen' }).waitFor();
  expect(await html.getAttribute('data-theme')).toBe('g100');
  // "As the system" follows the system again.
  await page.getByRole('button', { name: 'Erscheinungsbild' }).click();
  await page.getByRole('button', { name: 'Wie das System' }).click();
  expect(await html.getAttribute('data-theme')).toBe('g10');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-theme=g100]').waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('"?" shows the keys; switched off, single keys do nothing and are no longer shown, and the rest works', async () => {
  const { page, complaints, close } = await journey.open('/inbox/unassigned?service=credit-risk', { locale: 'en' });
  await rows(page).first().click();
  await caseDrawn(page);
  const opened = await openedBusinessId(page);
  expect(await page.locator('.verdict .key-cap').count()).toBe(2);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await help.getByText('verdict, as on the buttons').waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  // While the help is open no key reaches the page behind it.
  await page.keyboard.press('1');
  await help.getByRole('switch').press(' ');
  expect(await help.getByRole('switch').getAttribute('aria-checked')).toBe('false');
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  expect(await page.locator('.verdict .key-cap').count()).toBe(0);

  const sent: string[] = [];
  page.on('request', (request) => { if (request.method() === 'POST') sent.push(request.url()); });
  for (const key of ['1', '2', 'c', 'u', 'z', 'j', 'i', '?']) await page.keyboard.press(key);
  expect(await openedBusinessId(page)).toBe(opened);
  await page.keyboard.press('ArrowDown');
  await otherCase(page, opened);
  expect(sent).toEqual([]);
  expect(await help.count()).toBe(0);
  await page.reload();
  await caseDrawn(page);
  expect(await page.locator('.verdict .key-cap').count()).toBe(0);
  // The button in the header still shows the keys, and switches them on again.
  await page.getByRole('button', { name: /Help and keys|Keys/ }).first().click();
  await help.getByRole('switch').press(' ');
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  expect(await page.locator('.verdict .key-cap').count()).toBe(2);
  expect(complaints).toEqual([]);
  await close();
});

test('pages that are built anew while the product runs are there at every moment, and an open page goes on', async () => {
  const { page, complaints, close } = await journey.open('/inbox/unassigned?service=credit-risk', { locale: 'en' });
  await rows(page).first().waitFor();
  let building = true;
  const built = buildPages().finally(() => { building = false; });
  const answers = new Set<number>();
  while (building) answers.add((await fetch(`${journey.url}/inbox/groups`)).status);
  await built;
  expect([...answers]).toEqual([200]);
  const script = /src="(\/assets\/[^"]+)"/.exec(await (await fetch(journey.url)).text())?.[1] ?? '';
  expect((await fetch(`${journey.url}${script}`)).status).toBe(200);
  await rows(page).first().click();
  await caseDrawn(page);
  expect(complaints).toEqual([]);
  await close();
});
