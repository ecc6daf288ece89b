import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import type { Forced, Mock } from '../../scripts/mock/index.ts';
import { openBrowser } from '../check/report/open-browser.ts';
import { type ExampleOptions, type OpenExample, openExample } from './open-example.ts';

/** The two ways in which the envelope of a one-time token fails. */
export const failures: Forced[] = [
  { operationId: 'getOneTimeToken', status: 200, example: 'refused' },
  { operationId: 'getOneTimeToken', status: 500, example: 'failed' },
];

/** The example in a browser, for all tests of a file. */
export interface ExampleInBrowser {
  /** Where the page is. */
  url: () => string;
  /** Its Nexudus, as new at the start of each test. */
  mock: () => Mock;
  /** Opens the page in a browser that has never been there. What it throws fails the test. */
  open: (options?: BrowserContextOptions) => Promise<Page>;
  /** Opens the page and signs in. */
  openSignedIn: (options?: BrowserContextOptions) => Promise<Page>;
  /** Lists how the mock has answered an operation. */
  statusesOf: (operationId: string) => number[];
}

/** Opens the example and a browser before the tests of a file, and closes both after them. */
export function useExample(options: ExampleOptions = {}): ExampleInBrowser {
  let browser: Browser;
  let example: OpenExample;
  beforeAll(async () => {
    browser = await openBrowser();
    example = await openExample(options);
  });
  afterAll(async () => {
    await browser?.close();
    await example?.[Symbol.asyncDispose]();
  });
  beforeEach(() => example.mock.reset());

  const open: ExampleInBrowser['open'] = async (contextOptions = {}) => {
    const context = await browser.newContext(contextOptions);
    const thrown: Error[] = [];
    context.on('weberror', (error) => thrown.push(error.error()));
    onTestFinished(async () => {
      await context.close();
      expect(thrown).toEqual([]);
    });
    const page = await context.newPage();
    await page.goto(example.url);
    return page;
  };
  return {
    url: () => example.url,
    mock: () => example.mock,
    open,
    openSignedIn: async (contextOptions) => {
      const page = await open(contextOptions);
      await signIn(page);
      await heading(page, 'Your account').waitFor();
      return page;
    },
    statusesOf: (operationId) =>
      example.mock
        .journal()
        .flatMap((entry) => (entry.operationId === operationId ? (entry.status ?? []) : [])),
  };
}

/** Fills the form in and sends it. */
export async function signIn(
  page: Page,
  username = 'ada@lovelace.dev',
  password = 'correct-horse',
): Promise<void> {
  await page.getByLabel('E-mail address').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Has the page make its next call fail. */
export async function failNext(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make the next call fail' }).click();
  await page.getByRole('status').getByText('will fail, once.').waitFor();
}

/** Finds the title of a step. */
export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name });

/** Finds a link to a page of the server, where it is ready or where it is disabled. */
export const link = (page: Page, disabled = false): Locator =>
  page.getByRole('link', { name: 'All invoices', disabled });

/** Waits until no link leads there any more. */
export const untilGone = (page: Page, href: string | null): Promise<void> =>
  page.locator(`a[href=${JSON.stringify(href)}]`).waitFor({ state: 'detached' });

/** Says whether the focus is on it. */
export const hasFocus = (found: Locator): Promise<boolean> =>
  found.evaluate((element) => element === document.activeElement);

/** Does as if the customer came back to the page: its links get other tokens then. */
export async function wakeUp(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}
