import { describe, expect, it } from 'vitest';
import { hasChromium } from '../check/report/open-browser.ts';
import { hasFocus, heading, signIn, useExample } from './example-in-browser.ts';

describe.skipIf(!hasChromium)('signing in to the example', () => {
  const { mock, open, openSignedIn, statusesOf } = useExample();

  it('leads to the account, and a reload stays there', async () => {
    const page = await openSignedIn();
    expect(await hasFocus(heading(page, 'Your account'))).toBe(true);
    await page.reload();
    await heading(page, 'Your account').waitFor();
  });

  it.each([
    ['ada@lovelace.dev', 'wrong-password', 'The e-mail address or the password is wrong.'],
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

  it('leads on where the password has to be another one', async () => {
    const page = await open();
    await signIn(page, 'must-reset@lovelace.dev');
    await heading(page, 'Choose a new password').waitFor();
    expect(await hasFocus(heading(page, 'Choose a new password'))).toBe(true);
    await page.getByRole('button', { name: 'Continue as after a reset' }).click();
    await heading(page, 'Your account').waitFor();
    expect(statusesOf('exchangeJwt')).toEqual([200]);
    await page.getByRole('link', { name: 'All invoices', disabled: false }).waitFor();
  });

  it('says why the token of a reset does not sign in, and takes the next', async () => {
    const page = await open();
    await signIn(page, 'must-reset@lovelace.dev');
    mock().force({ operationId: 'exchangeJwt', status: 401 });
    const next = page.getByRole('button', { name: 'Continue as after a reset' });
    await next.click();
    await page.getByRole('alert').getByText('The one-time token is used or too old.').waitFor();
    await next.click();
    await heading(page, 'Your account').waitFor();
  });

  it('signs out, and a reload stays so', async () => {
    const page = await openSignedIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'Sign in').waitFor();
    expect(await page.getByText('You are signed out.').count()).toBe(1);
    await page.reload();
    await heading(page, 'Sign in').waitFor();
  });

  it('says that one is signed out until the next attempt', async () => {
    const page = await openSignedIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page, 'ada@lovelace.dev', 'wrong-password');
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('You are signed out.').count()).toBe(0);
  });

  it('signs in and out in all tabs', async () => {
    const page = await openSignedIn();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await heading(other, 'Your account').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    // Before its links need another token, which would tell it as well.
    await heading(other, 'Sign in').waitFor({ timeout: 15_000 });
    await other.getByText('You signed out in another tab.').waitFor();
    await signIn(page);
    await heading(other, 'Your account').waitFor({ timeout: 15_000 });
  });
});
