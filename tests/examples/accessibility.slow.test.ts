import { describe, expect, it } from 'vitest';
import { contrastOf } from '../check/report/contrast.ts';
import { hasChromium } from '../check/report/open-browser.ts';
import { readTextColors } from '../check/report/read-text-colors.ts';
import { heading, link, signIn, useExample, wakeUp } from './example-in-browser.ts';

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
    - button "Buy, without paying"
  - button "Sign out"`);
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each([390, 1280])('fits a screen %i pixels wide, with enough contrast', async (width) => {
      const page = await open({ colorScheme, viewport: { width, height: 800 } });
      const look = async (name: string) => {
        if (process.env.SCREENSHOTS !== undefined) {
          const path = `${process.env.SCREENSHOTS}/example-${name}-${colorScheme}-${width}.png`;
          await page.screenshot({ path, fullPage: true });
        }
        const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
        const texts = await page.evaluate(readTextColors);
        expect(scrollWidth).toBe(width);
        expect(texts.length).toBeGreaterThan(4);
        expect(texts.filter(({ color, ground }) => contrastOf(color, ground) < 4.5)).toEqual([]);
      };
      await signIn(page, 'ada@lovelace.dev', 'wrong-password');
      await page.getByRole('alert').waitFor();
      await page.getByText('Who can sign in?').click();
      await look('wrong-password');
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
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('status').waitFor();
      await look('signed-out');
    });
  });
});
