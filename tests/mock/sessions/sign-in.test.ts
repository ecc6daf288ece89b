import { describe, expect, it } from 'vitest';
import { startMock } from '../../../scripts/mock/index.ts';
import { readSessions } from '../../../scripts/mock/sessions/rules.ts';
import { listAnswers } from '../../../scripts/openapi/answers.ts';
import { readSpec } from '../../../scripts/openapi/read-spec.ts';
import { createCustomer, username } from './customer.ts';

const withCode = (totp: string, who = 'two-factor@lovelace.dev') => ({
  body: { grant_type: 'password' as const, username: who, password: 'correct-horse', totp },
});

describe('a sign-in', () => {
  it('gives tokens that are fresh each time, and keeps the rest of the example', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn } = createCustomer(mock);
    const [first, second] = [await signIn(), await signIn()];
    expect(first).toMatchObject({ token_type: 'bearer', expires_in: 86_400 });
    const tokens = [first, second].flatMap((one) => [one.access_token, one.refresh_token]);
    expect(new Set(tokens).size).toBe(4);
    for (const token of tokens) {
      expect(token).toMatch(/^(access|refresh)-token-\d+-[0-9a-f-]{36}$/);
    }
  });

  it('gives a bearer token that is accepted, and no other is', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, isSignedIn, client } = createCustomer(mock);
    const { access_token: bearerToken, refresh_token: refreshToken } = await signIn();
    expect(await isSignedIn(bearerToken)).toBe(true);
    for (const other of ['access-token-1', `${bearerToken}x`, refreshToken]) {
      expect(await isSignedIn(other)).toBe(false);
      expect((await client.getOneTimeToken({ bearerToken: other })).status).toBe(401);
    }
  });

  it('gives a bearer token that expires, and not before', async () => {
    await using mock = await startMock({ simulate: true });
    const { signIn, isSignedIn } = createCustomer(mock);
    const { access_token: bearerToken } = await signIn();
    mock.clock.advanceSeconds(86_400 - 60);
    expect(await isSignedIn(bearerToken)).toBe(true);
    mock.clock.advanceSeconds(60);
    expect(await isSignedIn(bearerToken)).toBe(false);
  });

  it('is refused for a wrong password, and for a request that breaks the spec', async () => {
    await using mock = await startMock({ simulate: true });
    const body = { grant_type: 'password' as const, username, password: 'wrong-password' };
    const refused = await createCustomer(mock).client.getBearerToken({ body });
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const broken = await fetch(`${mock.url}/api/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password' }),
    });
    expect([broken.status, await broken.json()]).toEqual([400, { error: 'unsupported_grant_type' }]);
    expect(broken.headers.get('sl-violations')).not.toBeNull();
  });
});

describe('a sign-in with 2FA', () => {
  it('succeeds with the code, for as long as its example says', async () => {
    await using mock = await startMock({ simulate: true });
    const { client, isSignedIn } = createCustomer(mock);
    const result = await client.getBearerToken(withCode('492039'));
    const { access_token: bearerToken, expires_in: life } = result.ok ? result.body : expect.fail('refused');
    expect(life).toBe(604_799);
    mock.clock.advanceSeconds(604_799 - 60);
    expect(await isSignedIn(bearerToken)).toBe(true);
    mock.clock.advanceSeconds(60);
    expect(await isSignedIn(bearerToken)).toBe(false);
  });

  it.each([
    [
      'without a code',
      { body: { grant_type: 'password', username: 'two-factor@lovelace.dev', password: 'x' } },
    ],
    ['with a wrong code', withCode('492038')],
  ] as const)('is refused %s', async (_how, call) => {
    await using mock = await startMock({ simulate: true });
    const refused = await createCustomer(mock).client.getBearerToken(call);
    expect(refused).toMatchObject({ status: 400, body: { error: 'two_factor_auth_check' } });
  });

  it('takes any code of a customer who has it off', async () => {
    await using mock = await startMock({ simulate: true });
    expect((await createCustomer(mock).client.getBearerToken(withCode('492038', username))).status).toBe(200);
  });

  it('has the customer and the code of the spec', async () => {
    const { spec } = await readSpec('openapi/nexudus-auth.yaml');
    const document = spec?.document ?? expect.fail('no spec');
    const answers = listAnswers(document);
    const conditionOf = (name: string) =>
      answers.find(({ example }) => example?.name === name)?.condition?.body;
    const [{ secondFactor } = expect.fail('no rule')] = readSessions(document).flatMap(({ rules }) => rules);
    const { subject: username, code: totp } = secondFactor ?? expect.fail('no second factor');
    expect({ ...conditionOf('two_factor_auth_check'), ...conditionOf('signed_in_with_totp') }).toEqual({
      username,
      totp,
    });
  });
});
