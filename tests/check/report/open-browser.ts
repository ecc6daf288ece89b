import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether there is a Chromium: at CHROMIUM_PATH, or where Debian has it. */
export const hasChromium: boolean = existsSync(executablePath);

if (!hasChromium) {
  console.warn(
    `Tests in a browser are skipped: no Chromium at ${executablePath}. Name one in CHROMIUM_PATH.`,
  );
}

/**
 * Starts Chromium. The caller closes it.
 */
export function openBrowser(): Promise<Browser> {
  // For root, which containers mostly run as, Chromium has no sandbox.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Lists what axe finds wrong with a page as it is. */
export async function findViolations(page: Page): Promise<string[]> {
  // A policy of the page lets no script in, and holds for this one, too, unless it is evaluated.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`,
    );
  });
}
