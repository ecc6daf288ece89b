import { describe, expect, it } from 'vitest';
import { hasChromium } from '../check/report/open-browser.ts';
import { hasFocus, heading, signIn, useExample } from './example-in-browser.ts';

describe.skipIf(!hasChromium)('signing in to the example', () => {
  const { open, openSignedIn } = useExample();

  it('leads to the account, and a reload stays there', async () => {
    const page = await openSignedIn();
    expect(await hasFocus(heading(page, 'Your account'))).toBe(true);
    await page.reload();
    await heading(page, 'Your account').waitFor();
  });

  it.each([
    ['ada@lovelace.dev', 'wrong-password', 'The e-mail address or the password is wrong.'],
    ['must-reset@lovelace.dev', 'x', 'You have to choose a new password before you can sign in.'],
    ['new-error@lovelace.dev', 'x', 'The server has a problem. Try again in a moment.'],
  ])('says in plain words why %s with %s cannot', async (username, password, words) => {
    const page = await open();
    await signIn(page, username, password);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toBe(words);
    expect(await hasFocus(alert)).toBe(true);
    await signIn(page);
    await heading(page, 'Your account').waitFor();
  });

  it('says so when there is no answer', async () => {
    const page = await open();
    await page.route('**/api/token', (route) => route.abort());
    await signIn(page);
    await page.getByText('We could not reach the server.').waitFor();
  });

  it('says so when the browser stores nothing', async () => {
    const page = await open();
    await page.addInitScript(() => {
      indexedDB.open = () => {
        throw new Error('Storage is blocked.');
      };
    });
    await page.reload();
    await signIn(page);
    await page.getByRole('alert').getByText('Allow this site to store data.').waitFor();
  });

  it('asks for a code where 2FA is on, and again after a wrong one', async () => {
    const page = await open();
    await signIn(page, 'two-factor@lovelace.dev');
    const code = page.getByRole('textbox', { name: 'Code from your authenticator app' });
    await code.waitFor();
    expect(await hasFocus(code)).toBe(true);
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/^The code is wrong/);
    expect(await hasFocus(alert)).toBe(true);
    await code.fill('492039');
    await page.keyboard.press('Enter');
    await heading(page, 'Your account').waitFor();
  });

  it('goes back from the code to another account', async () => {
    const page = await open();
    await signIn(page, 'two-factor@lovelace.dev');
    await page.getByRole('button', { name: 'Use another account' }).click();
    await signIn(page);
    await heading(page, 'Your account').waitFor();
  });

  it('signs out, and a reload stays so', async () => {
    const page = await openSignedIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('status').getByText('You are signed out.').waitFor();
    await page.reload();
    await heading(page, 'Sign in').waitFor();
  });
});
