/** Opens Chromium (from npm alone) for the browser journeys and checks pages with axe. */
import sparticuz from '@sparticuz/chromium';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type ElementHandle, type Page } from 'playwright-core';

/** Our own arguments: the package's list crashes at the second context and switches web security off. */
const launchArguments = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args: launchArguments, headless: true });
}

export type PageOptions = { locale: 'de' | 'en'; dark?: boolean; width?: number; height?: number; origin: string };

/**
 * `complaints`: console errors, thrown errors, answers of 400 and more, requests to other hosts. The question who is
 * signed in, asked by a page that nobody signed in to, is none.
 */
export type OpenPage = { page: Page; complaints: string[]; close: () => Promise<void> };

export async function openPage(browser: Browser, options: PageOptions): Promise<OpenPage> {
  const context = await browser.newContext({
    locale: options.locale === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  // Refused answers are told once, with their address, below.
  page.on('console', (message) => { if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() >= 400 && !(response.status() === 401 && pathname === '/api/session')) complaints.push(`${response.status()} to ${response.request().method()} ${pathname}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== options.origin) complaints.push(`request to another host: ${url.href}`);
  });
  return { page, complaints, close: () => context.close() };
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on the page as it stands: WCAG 2.2 A and AA. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  const result = await new AxeBuilder({ page }).withTags(rules).analyze();
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/**
 * Points at one of each kind of link and button and asks whether its words can still be read: axe sees only the state
 * that the page is in.
 */
export async function contrastFindingsUnderPointer(page: Page): Promise<string[]> {
  const findings: string[] = [];
  const kinds = new Set<string>();
  const controls = await page.locator('a:visible:not(.skip-link), button:visible:enabled').elementHandles();
  for (const control of controls as ElementHandle<HTMLElement>[]) {
    // What pointing at others took away is not pointed at.
    if (!(await control.isVisible())) continue;
    const kind = await control.evaluate((element) => `${element.tagName}.${element.className}`);
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    await control.hover();
    await control.evaluate((element) => Promise.all(element.getAnimations({ subtree: true }).map((animation) => animation.finished)));
    const result = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
    findings.push(...result.violations.flatMap(({ nodes }) => nodes.map((node) => `${kind}: ${node.target.join(' ')}: ${node.any[0]?.message ?? ''}`)));
  }
  await page.mouse.move(0, 0);
  return findings;
}
