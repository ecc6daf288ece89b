import { describe, expect, it } from 'vitest';
import { findViolations, hasChromium } from '../check/report/open-browser.ts';
import { failNext, hasFocus, heading, link, signIn, useExample, wakeUp } from './example-in-browser.ts';

describe.skipIf(!hasChromium)('the example', () => {
  const { mock, open, openSignedIn } = useExample();

  it('works without a mouse', async () => {
    const page = await open();
    await heading(page, 'Sign in').waitFor();
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Tab');
    await page.keyboard.type('two-factor@lovelace.dev');
    await press('Tab');
    await page.keyboard.type('correct-horse');
    await press('Enter');
    await heading(page, 'Enter your code').waitFor();
    await page.keyboard.type('492039');
    await press('Enter');
    await link(page).waitFor();
    await press('Tab', 'Tab', 'Enter');
    await page.waitForURL(`${mock().url}/user/invoices`);
  });

  it('has names and roles for those who do not see it', async () => {
    const page = await openSignedIn();
    await link(page).waitFor();
    await page.getByRole('link', { name: 'Invoice 1024 (PDF)', disabled: false }).waitFor();
    const snapshot = await page.locator('body').ariaSnapshot();
    expect(snapshot.replace(/(?<=\?).+/g, '…')).toBe(`- banner: Example portal
- main:
  - heading "Your account" [level=1]
  - region "Invoices":
    - heading "Invoices" [level=2]
    - list:
      - listitem:
        - link "Invoice 1024 (PDF)":
          - /url: ${mock().url}/api/public/billing/invoices/1024/pdf?…
        - alert
      - listitem:
        - link "All invoices":
          - /url: ${mock().url}/user/login?…
        - alert
  - form "Day pass":
    - heading "Day pass" [level=2]
    - paragraph: One day at any desk, 25 €. You will find it among your bookings.
    - button "Buy (demo, no charge)"
  - button "Sign out"
- complementary "About this demo":
  - paragraph:
    - text: This is a demo of
    - code: nexudus-auth-contract
    - text: ". It talks to a mock of Nexudus: no account, invoice or payment is real."
    - link "See its calls in the mock’s console (new tab)":
      - /url: ${mock().url}/__mock__/
  - button "Make the next call fail"
  - status`);
  });

  it('goes through an account in the order of the page, and shows where one is', async () => {
    const page = await openSignedIn();
    const names = ['Invoice 1024 (PDF)', 'All invoices', 'Buy', 'Sign out', 'See its calls', 'Make the next'];
    for (const name of names) {
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus-visible', { hasText: name });
      expect([name, await focused.count()]).toEqual([name, 1]);
      const outline = await focused.evaluate((element) => getComputedStyle(element).outline);
      expect(outline).toMatch(/^rgb.+ solid 3px$/);
    }
  });

  it('tells those who do not see it, too, that they are signed out', async () => {
    const page = await openSignedIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'Sign in').waitFor();
    expect(await hasFocus(heading(page, 'Sign in'))).toBe(true);
    const described = await heading(page, 'Sign in').getAttribute('aria-describedby');
    expect(await page.locator(`#${described}`).textContent()).toBe('You are signed out.');
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each([390, 1280])('fits a screen %i pixels wide, and breaks no rule of axe-core', async (width) => {
      const page = await open({ colorScheme, viewport: { width, height: 800 } });
      const look = async (name: string) => {
        if (process.env.SCREENSHOTS !== undefined) {
          const path = `${process.env.SCREENSHOTS}/example-${name}-${colorScheme}-${width}.png`;
          await page.screenshot({ path, fullPage: true });
        }
        const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
        expect([name, await findViolations(page), scrollWidth]).toEqual([name, [], width]);
      };
      await heading(page, 'Sign in').waitFor();
      await look('sign-in');
      await failNext(page);
      await look('about-to-fail');
      await signIn(page);
      await page.getByRole('alert').waitFor();
      await look('server-down');
      await signIn(page, 'ada@lovelace.dev', 'wrong-password');
      await page.getByRole('alert').getByText('is wrong').waitFor();
      await page.getByText('Who can sign in?').click();
      await look('wrong-password');
      await signIn(page, 'must-reset@lovelace.dev');
      await heading(page, 'Choose a new password').waitFor();
      await look('must-reset');
      await page.getByRole('button', { name: 'Use another account' }).click();
      await signIn(page, 'two-factor@lovelace.dev');
      await heading(page, 'Enter your code').waitFor();
      await look('two-factor');
      await page.getByLabel('Code').fill('492039');
      await page.keyboard.press('Enter');
      await link(page).waitFor();
      await look('account');
      mock().force({ operationId: 'getOneTimeToken', status: 500, example: 'failed', times: 2 });
      await wakeUp(page);
      await page.getByRole('button', { name: 'Try again: All invoices' }).waitFor();
      await page.getByRole('button', { name: 'Buy' }).click();
      await page.getByRole('form').getByRole('alert').waitFor();
      await look('failed');
      await page.getByRole('button', { name: 'Try again: All invoices' }).click();
      await link(page).click();
      await heading(page, 'You would be on /user/invoices').waitFor();
      await look('landing');
      // One column.
      const edges = await page
        .locator('main > *')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x));
      expect(new Set(edges).size).toBe(1);
      await page.goBack();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You are signed out.').waitFor();
      await look('signed-out');
    });
  });
});
