import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createControl } from '../../../scripts/mock/control/control.ts';
import { createPrism } from '../../../scripts/mock/engine/prism.ts';
import { findOwnSpec, loadSpec } from '../../../scripts/mock/engine/spec.ts';
import { startProxy } from '../../../scripts/mock/index.ts';
import { createProxyListener } from '../../../scripts/mock/proxy/listener.ts';
import { createSecrets } from '../../../scripts/secrets/secrets.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { serve } from '../../verify/serve.ts';
import { serveBytes } from './serve-bytes.ts';

const good = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"jwt":"a"}';

/** Records 20 good answers and then a bad one, and gives what came of the bad one and of the recording. */
async function recordUntil(bad: string): Promise<{ status: number; detail: string; recorded: number }> {
  const recordFile = join(makeTemporaryFolder(), 'traffic.har');
  const target = await serveBytes((asked) => (asked === '/bad' ? bad : good));
  const proxy = await startProxy({ target, recordFile });
  onTestFinished(proxy.close);
  for (let count = 0; count < 20; count += 1) {
    expect((await fetch(`${proxy.url}/api/auth/media/customer`)).status).toBe(200);
  }
  const response = await fetch(`${proxy.url}/bad`);
  const { detail } = (await response.json()) as { detail: string };
  expect(proxy.journal().at(-1)).toMatchObject({ path: '/bad', status: response.status });
  // It serves on.
  expect((await fetch(`${proxy.url}/api/auth/media/customer`)).status).toBe(200);
  await proxy.close();
  const { entries } = JSON.parse(readFileSync(recordFile, 'utf8')).log;
  return { status: response.status, detail: detail.replace(target, 'TARGET'), recorded: entries.length };
}

describe('an answer that cannot be passed on is told as 502, and costs neither proxy nor recording:', () => {
  test.each([
    [
      'a control character in the reason phrase',
      'HTTP/1.1 200 O\x01K\r\nContent-Length: 0\r\n\r\n',
      'TARGET sent control characters in its reason phrase, which HTTP does not allow.',
    ],
    [
      'a status below 100',
      'HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n',
      'TARGET sent the status 99, expected one from 200 to 999.',
    ],
    [
      'a status of zeros',
      'HTTP/1.1 000 Odd\r\nContent-Length: 0\r\n\r\n',
      'TARGET sent the status 0, expected one from 200 to 999.',
    ],
    [
      'interim answers without an end',
      'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(101),
      'TARGET sent more than 100 interim answers.',
    ],
    [
      'another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      'TARGET sent the status 101, expected one from 200 to 999.',
    ],
  ])('%s', async (_title, bad, detail) => {
    expect(await recordUntil(bad)).toEqual({ status: 502, detail, recorded: 21 });
  });
});

test('an answer whose journal and recording fail is passed on, and said so without its secrets', async () => {
  const spec = await loadSpec(await findOwnSpec());
  const prism = createPrism(spec.document, spec.operations);
  const lines: string[] = [];
  const fail = (): never => {
    throw new RangeError('sekret');
  };
  const url = await serve(
    createProxyListener({
      prism,
      control: createControl(spec.document, {}),
      upstream: { baseUrl: new URL(await serveBytes(() => good)), timeoutMs: 5000 },
      recorder: { add: fail, save: fail },
      hide: fail,
      secrets: createSecrets(spec.document),
      tell: (line) => lines.push(line),
    }),
  );
  const response = await fetch(`${url}/nowhere?t=sekret`);
  expect([response.status, await response.text()]).toEqual([200, '{"jwt":"a"}']);
  expect(lines).toEqual([
    'error: GET 200: The exchange cannot be journalled: RangeError.',
    'error: GET 200: The exchange cannot be recorded: RangeError.',
    'error: GET /nowhere 200: request: The spec has no such path.',
  ]);
});

test('a fault that nobody foresaw ends neither the proxy nor the wait of a client', async () => {
  const target = await serveBytes(() => good);
  const tell = (): never => {
    throw new RangeError('sekret');
  };
  const proxy = await startProxy({ target, tell });
  onTestFinished(proxy.close);
  const response = await fetch(`${proxy.url}/nowhere`);
  expect(await response.json()).toMatchObject({ status: 500, detail: 'The proxy failed: RangeError.' });
});
