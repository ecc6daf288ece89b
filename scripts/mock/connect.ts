import type { WorldKeys } from './control/address.ts';
import type { MockControl, WorldSettings } from './mock.ts';

/** The same functions as in the mock's own process. Each returns a promise. */
type Remote<Part> = {
  [Key in keyof Part]: Part[Key] extends (...given: infer Given) => infer Result
    ? (...given: Given) => Promise<Result>
    : Part[Key] extends string | undefined
      ? Part[Key]
      : Remote<Part[Key]>;
};

/** A world of a mock that another process serves. */
export interface RemoteWorld extends Remote<MockControl>, WorldKeys, AsyncDisposable {
  /** Forgets the world. Requests that name it get a 404 from then on. */
  dispose: () => Promise<void>;
}

/** A mock that another process serves. */
export interface RemoteMock extends Remote<MockControl> {
  /** Makes a world for one test, within the limits of `Mock.world`. */
  world: (settings?: WorldSettings) => Promise<RemoteWorld>;
}

/**
 * Watches and steers a mock in another process, such as `contract-kit mock`, over its HTTP API below `/__mock__/`. Sends
 * nothing before the first call.
 *
 * A function rejects with an `Error` that has the mock's message where the mock refuses the call, and that names the URL
 * where no mock responds.
 *
 * @param url of the mock
 * @throws {Error} for anything but an http(s) URL
 * @example
 * const mock = connectToMock('http://127.0.0.1:4010');
 * await using world = await mock.world();
 * await world.force({ operationId: 'addItem', status: 503 });
 * await fetch(`${world.url}/items`, { method: 'POST' });
 */
export function connectToMock(url: string): RemoteMock {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new Error(`Cannot connect to the mock: ${JSON.stringify(url)} is not an http(s) URL.`);
  }
  const control = steerByHttp(url.replace(/\/+$/, ''));
  return { ...control, world: (settings) => openWorld(control.url, settings) };
}

async function openWorld(mockUrl: string, settings: WorldSettings = {}): Promise<RemoteWorld> {
  const keys = await call<WorldKeys>(mockUrl, 'POST', 'worlds', settings);
  const dispose = (): Promise<void> => call(mockUrl, 'DELETE', `worlds?id=${keys.id}`);
  return { ...keys, ...steerByHttp(keys.url), dispose, [Symbol.asyncDispose]: dispose };
}

function steerByHttp(url: string): Remote<MockControl> {
  const ask = <Result>(method: string, path: string, body?: unknown): Promise<Result> =>
    call(url, method, path, body);
  type Tokens = MockControl['tokens'];
  return {
    url,
    journal: async (after = 0) =>
      (await ask<{ entries: ReturnType<MockControl['journal']> }>('GET', `journal?after=${after}`)).entries,
    clearJournal: () => ask('DELETE', 'journal'),
    force: async (forced) => void (await ask('POST', 'forced', forced)),
    clock: {
      now: async () => new Date((await ask<{ now: string }>('GET', 'clock')).now),
      advanceSeconds: async (advanceSeconds) => void (await ask('POST', 'clock', { advanceSeconds })),
      set: async (now) => void (await ask('POST', 'clock', { now: now.toISOString() })),
    },
    tokens: {
      list: async () => (await ask<{ tokens: ReturnType<Tokens['list']> }>('GET', 'tokens')).tokens,
      issue: (order) => ask('POST', 'tokens', order),
      expire: (id) => ask('POST', 'tokens/expire', { id }),
      revoke: (id, { isWholeFamily = false } = {}) =>
        ask('DELETE', `tokens?${new URLSearchParams({ id, isWholeFamily: String(isWholeFamily) })}`),
    },
    issueJwt: async () => (await ask<{ token: string }>('POST', 'jwts')).token,
    reset: () => ask('POST', 'reset'),
  };
}

async function call<Result>(url: string, method: string, path: string, body?: unknown): Promise<Result> {
  const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${url}/__mock__/${path}`, init).catch((cause: unknown) => {
    throw new Error(`No mock responds at ${url}. Start one there, as with contract-kit mock.`, { cause });
  });
  if (!response.ok) {
    const { detail } = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new Error(
      detail ?? `${method} ${url}/__mock__/${path} got ${response.status}. Expected a mock at that URL.`,
    );
  }
  return (response.status === 204 ? undefined : await response.json()) as Result;
}
