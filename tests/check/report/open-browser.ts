import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

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
