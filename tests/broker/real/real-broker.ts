import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import type { Resource } from '../../../scripts/broker/resource.ts';
import { findFreePort } from '../../../scripts/dev/bench/load.ts';

const gems = process.env.PACT_BROKER_GEMS ?? join(homedir(), '.cache/pact-broker');
const given = process.env.PACT_BROKER_BASE_URL;

/** Why no broker can be started. `undefined`: one can. */
export const obstacle: string | undefined = findObstacle();

function findObstacle(): string | undefined {
  if (given) {
    return undefined;
  }
  if (!existsSync(join(gems, 'installed.txt'))) {
    return `no Pact Broker in ${gems}: run tests/broker/real/install.sh ${gems}, or set PACT_BROKER_BASE_URL`;
  }
  return spawnSync('ruby', ['--version']).status === 0 ? undefined : 'no Ruby to run the Pact Broker with';
}

/** A real Pact Broker on this machine. */
export interface RealBroker extends AsyncDisposable {
  url: string;
  /** Gets a resource by its path. */
  get: (path: string) => Promise<Resource>;
}

/**
 * Gives the tests of a file a broker, from the first of them that runs to the last.
 *
 * @param variables as in `startBroker`
 */
export function useBroker(variables?: Record<string, string>): Pick<RealBroker, 'url' | 'get'> {
  let broker: RealBroker | undefined;
  beforeAll(async () => {
    broker = obstacle === undefined ? await startBroker(variables) : undefined;
  }, 120_000);
  afterAll(() => broker?.[Symbol.asyncDispose]());
  return {
    get url() {
      return broker?.url ?? '';
    },
    get: async (path) => (await broker?.get(path)) ?? {},
  };
}

/**
 * Starts a Pact Broker with a database of its own. Without variables, uses the one that PACT_BROKER_BASE_URL names, if any.
 * With PACT_BROKER_DATABASE_URL, the database is that one.
 *
 * @param variables those that configure it, such as PACT_BROKER_BASIC_AUTH_ENABLED
 */
export async function startBroker(variables: Record<string, string> = {}): Promise<RealBroker> {
  if (given && Object.keys(variables).length === 0) {
    await createEnvironments(given, {});
    return { url: given, get: (path) => getResource(given + path), [Symbol.asyncDispose]: async () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), 'real-broker-'));
  const database = join(folder, 'database.sqlite');
  const template = join(gems, 'migrated.sqlite');
  if (existsSync(template)) {
    copyFileSync(template, database);
  }
  const { url, stop } = await serve(database, variables);
  await createEnvironments(url, variables);
  // All migrations take ten seconds: once is enough.
  if (!existsSync(template) && existsSync(database)) {
    const copy = `${template}.${process.pid}`;
    copyFileSync(database, copy);
    renameSync(copy, template);
  }
  return {
    url,
    get: (path) => getResource(url + path),
    [Symbol.asyncDispose]: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// Those that are there already are refused.
async function createEnvironments(url: string, variables: Record<string, string>): Promise<void> {
  const { PACT_BROKER_BASIC_AUTH_USERNAME: user, PACT_BROKER_BASIC_AUTH_PASSWORD: password } = variables;
  const credentials = user === undefined ? {} : { authorization: `Basic ${btoa(`${user}:${password}`)}` };
  for (const name of ['test', 'production']) {
    const body = JSON.stringify({ name, displayName: name, production: name === 'production' });
    const headers = { ...credentials, 'content-type': 'application/json' };
    await (await fetch(`${url}/environments`, { method: 'POST', headers, body })).text();
  }
}

async function getResource(url: string): Promise<Resource> {
  const response = await fetch(url, { headers: { accept: 'application/hal+json' } });
  return (await response.json()) as Resource;
}

async function serve(
  database: string,
  variables: Record<string, string>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const url = `http://127.0.0.1:${await findFreePort()}`;
  const { PACT_BROKER_DATABASE_URL: shared } = process.env;
  const child = spawn(join(gems, 'bin/puma'), ['--bind', url.replace('http', 'tcp'), 'config.ru'], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LANG: 'C.UTF-8',
      GEM_HOME: gems,
      PACT_BROKER_DATABASE_URL: shared ?? `sqlite:///${database}`,
      PACT_BROKER_LOG_STREAM: 'stdout',
      PACT_BROKER_LOG_LEVEL: 'warn',
      PACT_BROKER_SEED_EXAMPLE_DATA: 'false',
      PACT_BROKER_PUBLIC_HEARTBEAT: 'true',
      ...variables,
    },
  });
  const end = once(child, 'close');
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    kill();
    await end;
  };
  try {
    await waitUntilReady(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4000);
    });
  }
  const start = Date.now();
  while (Date.now() - start < 90_000 && child.exitCode === null) {
    const response = await fetch(`${url}/diagnostic/status/heartbeat`).catch(() => undefined);
    if (response?.ok) {
      return;
    }
    await wait(100);
  }
  throw new Error(`The Pact Broker did not start:\n${log}`);
}
