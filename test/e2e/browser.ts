/** Opens Chromium (from npm alone) for the browser journeys and checks pages with axe. */
import sparticuz from '@sparticuz/chromium';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Our own arguments: the package's list crashes at the second context and switches web security off. */
const launchArguments = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args: launchArguments, headless: true });
}

/** A page that remembers what it complained about: console errors, failed scripts, requests to other hosts. */
export async function openPage(browser: Browser, options: { locale: 'de' | 'en'; dark?: boolean; width?: number; height?: number; origin: string }): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    locale: options.locale === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== options.origin) complaints.push(`request to another host: ${url.href}`);
  });
  return { page, complaints };
}

/** What axe finds on the page as it stands: WCAG 2.2 A and AA. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  const result = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
