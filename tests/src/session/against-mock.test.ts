import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../../scripts/mock/index.ts';
import {
  createMemoryStore,
  createNexudusAuthClient,
  createNexudusAuthSession,
  type NexudusAuthSession,
  type NexudusAuthSessionOptions,
  type SessionClock,
  type SessionError,
} from '../../../src/index.ts';
import { asFetch } from '../as-fetch.ts';
import { errorOf } from './open-session.ts';

const credentials = { username: 'ada@lovelace.dev', password: 'correct-horse' };
const day = 86_400;

let mock: Mock;

beforeAll(async () => {
  mock = await startMock({ simulate: true });
});
afterEach(() => mock.reset());
afterAll(() => mock.close());

/** The mock's time, with the engine's timers. */
const clock: SessionClock = {
  now: () => mock.clock.now().getTime(),
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

const openSession = (options: Partial<NexudusAuthSessionOptions> = {}) =>
  createNexudusAuthSession({ baseUrl: mock.url, portalUrl: mock.url, clock, ...options });

async function openSignedIn(options: Partial<NexudusAuthSessionOptions> = {}): Promise<NexudusAuthSession> {
  const session = openSession(options);
  expect(await session.signIn(credentials)).toEqual({ status: 'signed_in' });
  return session;
}

const countCalls = (operationId: string) =>
  mock.journal().filter((entry) => entry.operationId === operationId).length;
const countGrants = () => countCalls('getBearerToken');

describe('a session against the simulated Nexudus', () => {
  it('signs in with a second factor', async () => {
    const session = openSession({ clientId: 'my-app' });
    const first = await session.signIn({ ...credentials, username: 'two-factor@lovelace.dev' });
    if (first.status !== 'two_factor_required') return expect.fail(first.status);
    expect(await first.answer('000000')).toMatchObject({ status: 'two_factor_required' });
    expect(await first.answer('492039')).toEqual({ status: 'signed_in' });
    expect(await session.mediaToken()).toMatch(/./);
  });

  it('exchanges a JWT once, and renews what it got', async () => {
    const session = openSession();
    const jwt = mock.issueJwt();
    expect(await session.exchange(jwt, { validForInMinutes: 5 })).toEqual({ status: 'signed_in' });
    expect(await session.exchange(jwt)).toEqual({ status: 'refused', httpStatus: 401 });
    expect(await session.oneTimeToken()).toMatch(/./);
  });

  it.each([undefined, 'my-app'])(
    'lives through ten days of renewals, under the client_id %s',
    async (clientId) => {
      const session = await openSignedIn(clientId === undefined ? {} : { clientId });
      for (let passed = 1; passed <= 10; passed += 1) {
        mock.clock.advanceSeconds(day);
        await Promise.all(Array.from({ length: 5 }, () => session.oneTimeToken()));
      }
      expect(countGrants()).toBe(11);
    },
  );

  it('is signed out after more than the 15 days that a refresh token lives', async () => {
    const session = await openSignedIn();
    mock.clock.advanceSeconds(15 * day + 1);
    expect(await errorOf(session.oneTimeToken())).toMatchObject({ code: 'signed_out' });
    expect(await session.isSignedIn()).toBe(false);
  });

  it('renews once for a hundred calls of two sessions on one store that are answered with 401', async () => {
    const store = createMemoryStore();
    const sent: string[] = [];
    const countingFetch = asFetch((request) => {
      sent.push(new URL(request.url).pathname);
      return fetch(request);
    });
    // Their clock stands still: the 401 alone tells that the token is expired.
    const options = { store, fetch: countingFetch, clock: { ...clock, now: () => 0 } };
    const [first, second] = [await openSignedIn(options), openSession(options)];
    mock.clock.advanceSeconds(day);
    const calls = Array.from({ length: 100 }, (_, index) => (index % 2 ? first : second).oneTimeToken());
    expect(new Set(await Promise.all(calls)).size).toBe(100);
    expect(sent.filter((path) => path === '/api/token')).toHaveLength(2);
    expect(sent.filter((path) => path === '/api/sys/users/token/refresh')).toHaveLength(200);
  });

  it('gives links that open once, and gets others', async () => {
    const session = await openSignedIn();
    const link = session.authenticatedLink('/user/invoices');
    const nextHref = () =>
      new Promise<string>((resolve) => {
        const look = () => {
          const state = link.getState();
          if (state.status === 'ready') resolve(state.href);
        };
        link.subscribe(look);
      });
    const href = await nextHref();
    const follow = () => fetch(href, { redirect: 'manual' });
    expect((await follow()).headers.get('Location')).toBe('/user/invoices');
    expect((await follow()).status).toBe(401);
    link.markUsed();
    const another = await nextHref();
    expect(another).not.toBe(href);
    expect((await fetch(another, { redirect: 'manual' })).status).toBe(302);
  });

  it('opens an invoice with its media token, and with another one later', async () => {
    const session = await openSignedIn();
    const open = async () => {
      const t = await session.mediaToken();
      const url = `${mock.url}/api/public/billing/invoices/1024/pdf?t=${t}`;
      return (await fetch(url, { headers: { Accept: 'application/pdf' } })).status;
    };
    for (const waitSeconds of [0, 49, 1, 49]) {
      mock.clock.advanceSeconds(waitSeconds);
      expect(await open()).toBe(200);
    }
    expect(countCalls('getMediaToken')).toBe(2);
  });
});

describe('two devices of one customer', () => {
  const renewBoth = async (devices: NexudusAuthSession[]) => {
    mock.clock.advanceSeconds(day);
    return Promise.all(
      devices.map((device) =>
        device.oneTimeToken().then(
          () => 'signed in',
          (error: SessionError) => error.code,
        ),
      ),
    );
  };

  it('both stay signed in, each under a client_id of its own', async () => {
    const devices = [await openSignedIn(), await openSignedIn()];
    for (let passed = 1; passed <= 3; passed += 1) {
      expect(await renewBoth(devices)).toEqual(['signed in', 'signed in']);
    }
  });

  it('sign each other out under one client_id: the earlier one at its next renewal', async () => {
    const devices = [await openSignedIn({ clientId: 'portal' }), await openSignedIn({ clientId: 'portal' })];
    for (const device of devices) expect(await device.oneTimeToken()).toMatch(/./);
    expect(await renewBoth(devices)).toEqual(['signed_out', 'signed in']);
    expect(await Promise.all(devices.map((device) => device.isSignedIn()))).toEqual([false, true]);
  });
});

describe('a session on a bad line', () => {
  it.each(['connection-reset', 'empty-answer'] as const)(
    'is signed out when a renewal is carried out and ends with a %s: its refresh token is spent',
    async (fault) => {
      const session = await openSignedIn();
      mock.clock.advanceSeconds(day);
      mock.force({ operationId: 'getBearerToken', fault });
      expect(await errorOf(session.oneTimeToken())).toMatchObject({ code: 'signed_out' });
      expect(await session.isSignedIn()).toBe(false);
      expect(countGrants()).toBe(3);
    },
  );

  it.each(['connection-reset', 'truncated-body', 'never-answers'] as const)(
    'keeps its tokens after a %s of both attempts, and goes on when the line is back',
    async (fault) => {
      const client = createNexudusAuthClient({ baseUrl: mock.url, timeoutMs: 300 });
      const session = await openSignedIn({ client });
      mock.clock.advanceSeconds(day - 30);
      mock.force({ operationId: 'getBearerToken', status: 400, example: 'invalid_grant', fault, times: 2 });
      expect(await session.oneTimeToken()).toMatch(/./);
      mock.clock.advanceSeconds(30);
      expect(await session.oneTimeToken()).toMatch(/./);
      expect(await session.isSignedIn()).toBe(true);
    },
  );

  it('says that an envelope failed, and tries again when it is told to', async () => {
    const session = await openSignedIn();
    mock.force({ operationId: 'getOneTimeToken', status: 500, example: 'failed' });
    expect(await errorOf(session.oneTimeToken())).toMatchObject({ code: 'not_successful' });
    expect(await session.oneTimeToken()).toMatch(/./);
  });
});
