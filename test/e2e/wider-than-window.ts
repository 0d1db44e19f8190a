/** Whether a page sticks out of its window, and what of it. */
import type { Page } from 'playwright-core';

/** How much wider than the window the page is, and what sticks out; nothing where it fits. */
export async function widerThanWindow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5);
    return [`${scrollWidth} px in ${clientWidth} px`, ...out.slice(0, 5).map((element) => `${element.tagName}.${element.className}`)];
  });
}
