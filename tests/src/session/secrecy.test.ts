import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { createNexudusAuthClient, createNexudusAuthSession } from '../../../src/index.ts';
import { settle } from './manual-clock.ts';
import { credentials, errorOf, openSession, openSignedIn } from './open-session.ts';
import {
  answerWith,
  baseUrl,
  bookingsPath,
  createProvider,
  envelope,
  loseAnswer,
  mediaPath,
  oneTimePath,
  type Plan,
  tokenPath,
} from './provider.ts';

/** All that a log could make of a value. */
function print(value: unknown): string {
  const all = { depth: 20, showHidden: true, getters: true, maxStringLength: null };
  const stack = value instanceof Error ? `${value.stack} ${value}` : '';
  return `${inspect(value, all)} ${JSON.stringify(value)} ${stack}`;
}

it('shows no token of a session, whatever state it is in', async () => {
  const { session, clock } = openSession({ store: undefined as never });
  const link = session.authenticatedLink('/user/invoices');
  const results: unknown[] = [];
  const look = () => expect(print([session, link, ...results])).not.toContain('secret');
  look();
  results.push(await session.signIn({ ...credentials, username: 'two-factor@lovelace.dev' }));
  results.push(await session.signIn({ ...credentials, password: 'old' }));
  look();
  results.push(await session.signIn(credentials));
  link.subscribe(() => {});
  await Promise.all([session.oneTimeToken(), session.mediaToken(), session.fetch(bookingsPath)]);
  look();
  clock.jump(86_400_000);
  await session.fetch(bookingsPath);
  look();
  await session.signOut();
  await settle();
  look();
});

it('shows no token of a session that keeps them in its own memory', async () => {
  const session = createNexudusAuthSession({ baseUrl, fetch: createProvider().fetch });
  await session.signIn(credentials);
  await session.mediaToken();
  expect(print(session)).not.toContain('secret');
});

const half: Plan = () => new Response('{"access_token":"access-secret-9');

it.each<[string, string, Plan]>([
  ['a refused renewal', tokenPath, loseAnswer],
  ['a renewal that can’t be read', tokenPath, half],
  ['a renewal without tokens', tokenPath, () => Response.json({ access_token: 'access-secret-9' })],
  ['a renewal that is throttled', tokenPath, answerWith(429, { 'Retry-After': '3600' })],
  ['a one-time token that can’t be read', oneTimePath, half],
  [
    'an envelope that failed with a token',
    oneTimePath,
    () => Response.json({ ...envelope('secret'), WasSuccessful: 0 }),
  ],
  [
    'an envelope whose message has tokens',
    oneTimePath,
    () =>
      Response.json({
        ...envelope(),
        Message: 'access-secret-1 refresh-secret-1, {"t":"one-time-secret-9"}',
      }),
  ],
  ['a media token that is none', mediaPath, () => Response.json({ token: 'media-secret-9' })],
])('shows no token in the error of %s', async (_title, path, plan) => {
  const { session, provider } = await openSignedIn();
  provider.plan(path, plan, plan, plan);
  if (path === tokenPath) provider.expireBearers();
  const failed = path === mediaPath ? session.mediaToken() : session.oneTimeToken();
  expect(print(await errorOf(failed))).not.toContain('secret');
});

it('keeps nothing of what a client of the caller throws in a renewal', async () => {
  const provider = createProvider();
  const client = createNexudusAuthClient({ baseUrl, fetch: provider.fetch });
  let isBroken = false;
  const getBearerToken: typeof client.getBearerToken = (input) =>
    isBroken
      ? Promise.reject(Object.assign(new RangeError('access-secret-9'), { data: 'refresh-secret-9' }))
      : client.getBearerToken(input);
  const { session } = await openSignedIn({ client: { ...client, getBearerToken } }, provider);
  isBroken = true;
  provider.expireBearers();
  const error = await errorOf(session.oneTimeToken());
  expect(error).toMatchObject({
    code: 'renewal_failed',
    cause: { message: 'The client threw a RangeError.' },
  });
  expect(print(error)).not.toContain('secret');
});
