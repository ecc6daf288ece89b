import { describe, expect, it } from 'vitest';
import { connectToMock, type JournalEntry, startMock } from '../../../scripts/mock/index.ts';
import { runMock } from '../run-command.ts';

const specFile = 'tests/mock/fixtures/tram-auth.yaml';

/** What a test does to a mock, whether the mock is in its own process or not. */
interface Steered {
  url: string;
  force: (forced: { operationId: string; status: number }) => void | Promise<void>;
  clock: { advanceSeconds: (seconds: number) => void | Promise<void>; now: () => Date | Promise<Date> };
  tokens: { list: () => { subject?: string }[] | Promise<{ subject?: string }[]> };
  journal: () => Entry[] | Promise<Entry[]>;
}

type Entry = Pick<JournalEntry, 'operationId' | 'query' | 'status'>;

interface Tokens {
  access_token: string;
  refresh_token: string;
}

/** What a ride came to, and what it comes to where nothing disturbs it. */
interface Ride {
  found: object;
  expected: object;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 20));

/** A rider signs in, refreshes, follows a redirect, and has something forced: what only this one is to see. */
async function ride(
  at: number,
  isSimulated: boolean,
  { url, force, clock, tokens, journal }: Steered,
): Promise<Ride> {
  const grant = async (form: Record<string, string>): Promise<Response> => {
    await pause();
    const body = new URLSearchParams({ client_id: 'app', ...form });
    return fetch(`${url}/oauth/token?rider=${at}`, { method: 'POST', body });
  };
  const list = async (token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${url}/passes?rider=${at}`, { headers })).status;
  };
  const outage = 500 + (at % 2) * 3;
  await force({ operationId: 'listPasses', status: outage });
  await clock.advanceSeconds(at * 1000);
  const signIn = { grant_type: 'password', username: `rider-${at}`, password: 'x' };
  const first = (await (await grant(signIn)).json()) as Tokens;
  const fresh = await grant({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
  const second = (await fresh.json()) as Tokens;
  await pause();
  const ticket = await fetch(`${url}/passes/day/ticket?rider=${at}`, { redirect: 'manual' });
  const statuses = [await list(second.access_token), await list(second.access_token)];
  const landing = await fetch(new URL(ticket.headers.get('location') ?? '', url), {
    headers: { accept: 'text/html' },
  });
  const aheadSeconds = ((await clock.now()).getTime() - Date.now()) / 1000;
  const found = {
    statuses: [fresh.status, ticket.status, ...statuses],
    isLandingOwn: (await landing.text()).includes('openTicket led here.'),
    isLandingInside: landing.url.startsWith(`${url}/`),
    isClockOwn: Math.abs(aheadSeconds - at * 1000) < 60,
    subjects: [...new Set((await tokens.list()).map(({ subject }) => subject))],
    journal: (await journal()).map(({ operationId, query, status }) => [operationId, query, status]),
  };
  const rider = { rider: String(at) };
  const expected: typeof found = {
    statuses: [200, 302, outage, 200],
    isLandingOwn: true,
    isLandingInside: true,
    isClockOwn: true,
    subjects: isSimulated ? [`rider-${at}`] : [],
    journal: [
      ['issueTokens', rider, 200],
      ['issueTokens', rider, 200],
      ['openTicket', rider, 302],
      ['listPasses', rider, outage],
      ['listPasses', rider, 200],
    ],
  };
  return { found, expected };
}

const riders = Array.from({ length: 200 }, (_, at) => at);
const modes = [
  ['', false],
  [' that simulates', true],
] as const;

/** Lists what the rides came to that was not expected. */
async function findDisturbed(rides: readonly Promise<Ride>[]): Promise<Ride[]> {
  return (await Promise.all(rides)).filter(
    ({ found, expected }) => JSON.stringify(found) !== JSON.stringify(expected),
  );
}

describe.each(modes)('200 tests at the same time against one mock%s', (_, simulate) => {
  it('see nothing of each other, each in a world of its own', async () => {
    await using mock = await startMock({ specFile, simulate });
    const rides = riders.map(async (at) => {
      using world = mock.world();
      return await ride(at, simulate, world);
    });
    expect(await findDisturbed(rides)).toEqual([]);
    expect([mock.journal(), mock.tokens.list()]).toEqual([[], []]);
  });

  it('see nothing of each other where the mock is in another process', async () => {
    const { firstLine } = runMock(['--port', '0', specFile, ...(simulate ? ['--simulate'] : [])]);
    const mock = connectToMock(/http:\S+\d/.exec(await firstLine)?.[0] ?? '');
    const rides = riders.map(async (at) => {
      await using world = await mock.world();
      return await ride(at, simulate, world);
    });
    expect(await findDisturbed(rides)).toEqual([]);
    expect([await mock.journal(), await mock.tokens.list()]).toEqual([[], []]);
  });

  it('disturb each other without worlds', async () => {
    await using mock = await startMock({ specFile, simulate });
    const rides = riders.slice(0, 20).map((at) => ride(at, simulate, mock));
    expect((await findDisturbed(rides)).length).toBeGreaterThan(0);
  });
});

it('worlds that are disposed of do not disturb the others', async () => {
  await using mock = await startMock({ specFile, simulate: true });
  const rides = riders.slice(0, 50).map(async (at) => {
    using world = mock.world();
    return await ride(at, true, world);
  });
  const disposed = riders.slice(0, 50).map(async (at) => {
    const world = mock.world();
    const ended = ride(at, true, world).then(
      () => 'ended',
      ({ message }: Error) => message,
    );
    await pause();
    world.dispose();
    return ended;
  });
  expect(await findDisturbed(rides)).toEqual([]);
  expect(await Promise.all(disposed)).not.toContain('ended');
});
