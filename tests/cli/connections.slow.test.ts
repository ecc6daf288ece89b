import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { quietEnvironment } from '../../scripts/cli/tool.ts';
import { type Mock, startMock } from '../../scripts/mock/index.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { type Entry, record, writeHar } from '../verify/traffic/make-har.ts';

let mock: Mock;
let sinkUrl: string;
const asked: string[] = [];

// What native programs send elsewhere goes to a proxy, which is this one.
const sink = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.writeHead(502).end();
}).on('connect', (request, socket) => {
  asked.push(`CONNECT ${request.url}`);
  socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
});
// A broker that knows nothing.
const broker = createServer((_request, response) => response.writeHead(404).end());

const listen = (server: ReturnType<typeof createServer>): Promise<string> =>
  new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    });
  });
let brokerUrl: string;
let entry: Entry;

beforeAll(async () => {
  mock = await startMock();
  [sinkUrl, brokerUrl] = await Promise.all([listen(sink), listen(broker)]);
  entry = await record(mock.url, '/login?t=one-time-token-1');
}, 60_000);
afterAll(async () => {
  await mock.close();
  sink.close();
  broker.close();
});

/**
 * Runs a command, and lists the connections that it opened or tried to open, and all that it started.
 *
 * @param last what it prints before it is to be ended
 */
async function runRecorded(
  args: string[],
  last?: RegExp,
): Promise<{ connections: string[]; printed: string }> {
  const file = join(makeTemporaryFolder(), 'connections');
  const preload = pathToFileURL(resolve('tests/cli/record-connections.ts')).href;
  asked.length = 0;
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !(name in quietEnvironment) && !/^(VITEST|NODE_|CI$|GITHUB_|.*_PROXY$|PACT_|NEXUDUS_|TEST)/i.test(name),
  );
  const env = {
    ...Object.fromEntries(kept),
    NODE_OPTIONS: `--import ${preload}`,
    RECORDED_CONNECTIONS: file,
    RECORDED_FROM: String(process.pid),
    HTTP_PROXY: sinkUrl,
    HTTPS_PROXY: sinkUrl,
    ALL_PROXY: sinkUrl,
    NO_PROXY: '127.0.0.1,localhost',
    PACT_BROKER_BASE_URL: brokerUrl,
    PACT_BROKER_HTTP_RETRIES: '0',
    NEXUDUS_BEARER_TOKEN: 'bearer-token-1',
  };
  const child = spawn(process.execPath, ['scripts/cli.ts', ...args], { env });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      if (last?.test(printed) === true) {
        child.kill('SIGTERM');
      }
    });
  }
  await once(child, 'close');
  const noted = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  return { connections: [...noted, ...asked], printed };
}

// Each with words that it prints once it has done what it is for.
it.each([
  ['explain', () => ['explain', 'pact.unchecked'], /^# pact\.unchecked$/m],
  ['generate', () => ['generate', '--out', makeTemporaryFolder()], /^written .*schema\.ts$/m],
  ['contract --check', () => ['contract', '--check'], /\.json is up to date$/m],
  ['check --base', () => ['check', '--base', 'openapi/nexudus-auth.yaml'], /^passed +spec-version/m],
  ['publish --dry-run', () => ['publish', '--dry-run'], /broker: /],
  [
    'can-i-deploy',
    () => ['can-i-deploy', '--to', 'production', '--pacticipant', 'shop', '--version', '1'],
    /404/,
  ],
  ['verify --base-url', () => ['verify', '--base-url', mock.url], /interactions replayed/],
  ['verify --har', () => ['verify', '--har', writeHar([entry])], /documented answers seen/],
  ['mock', () => ['mock', '--port', '0'], /http:\/\//],
] as [string, () => string[], RegExp][])(
  '%s opens no connection that it was not told to, nor does what it starts',
  async (name, listArguments, done) => {
    const { connections, printed } = await runRecorded(listArguments(), name === 'mock' ? done : undefined);
    expect(printed).toMatch(done);
    expect(connections).toEqual([]);
  },
  240_000,
);
