import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogMask } from '../../../scripts/secrets/placeholders.ts';
import { createSecrets } from '../../../scripts/secrets/secrets.ts';
import { openForwarder } from '../../../scripts/verify/live/forwarder.ts';
import { verifyProvider } from '../../../scripts/verify/live/live.ts';
import { planReplays } from '../../../scripts/verify/live/plan.ts';
import { liveStates, makePact, makeSpec } from '../make-documents.ts';
import { answerWith, serve } from '../serve.ts';

const request = (path: string, status: number) => ({
  description: `a request for ${path}`,
  providerStates: [{ name: 'a customer is signed in' }],
  request: { method: 'GET', path, headers: { Authorization: 'Bearer access-token-1' } },
  response: { status },
});
const plan = async (...interactions: object[]) => {
  const pact = makePact('3.0.0', interactions);
  const get = {
    responses: { 200: { description: 'Taken.', 'x-provider-state': 'a customer is signed in' } },
  };
  const paths = ['/', '/slow', '/fast', '/bad', '/good'];
  const { document } = await makeSpec(Object.fromEntries(paths.map((path) => [path, { get }])));
  const settings = { document, env: { NEXUDUS_BEARER_TOKEN: 'real' }, liveStates, allowWrites: false };
  return { pact, replays: planReplays(pact.pact, settings).replays };
};

describe('verifyProvider', () => {
  it('gives up on a provider that answers late, and says so', async () => {
    const baseUrl = new URL(await serve((incoming, response) => incoming.url === '/fast' && response.end()));
    const { pact, replays } = await plan(request('/slow', 200), request('/fast', 200));
    const findings = await verifyProvider(
      pact,
      replays,
      { baseUrl, timeoutMs: 2000 },
      { hiding: { mask: createLogMask(), secrets: createSecrets() }, env: {} },
    );
    expect(findings.map(({ message }) => message)).toEqual([
      '"a request for /slow" (a customer is signed in): no response within 2 s',
    ]);
  });

  it('gives up on a provider that does not end its answer', async () => {
    const baseUrl = new URL(
      await serve((incoming, response) => {
        response.writeHead(200, { 'content-length': 10 }).write('half');
        if (incoming.url === '/fast') {
          response.end('filled');
        }
      }),
    );
    const { pact, replays } = await plan(request('/slow', 200), request('/fast', 200));
    const findings = await verifyProvider(
      pact,
      replays,
      { baseUrl, timeoutMs: 2000 },
      { hiding: { mask: createLogMask(), secrets: createSecrets() }, env: {} },
    );
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('no response within 2 s'),
    ]);
  });

  it('follows no redirect', async () => {
    const elsewhere = await serve(answerWith(200));
    const baseUrl = new URL(await serve(answerWith(302, { location: elsewhere })));
    const { pact, replays } = await plan(request('/', 302), request('/', 200));
    const findings = await verifyProvider(
      pact,
      replays,
      { baseUrl, timeoutMs: 5000 },
      { hiding: { mask: createLogMask(), secrets: createSecrets() }, env: {} },
    );
    expect(findings.map(({ at, message }) => `${at.pointer} ${message.split(': ')[1]}`)).toEqual([
      '#/interactions/1 expected 200 but was 302',
    ]);
  });
});

describe('openForwarder', () => {
  it('serves the verifier only, and each of its requests once', async () => {
    let count = 0;
    const baseUrl = new URL(
      await serve((_incoming, response) => {
        count += 1;
        response.end('taken');
      }),
    );
    const { replays } = await plan(request('/', 200));
    const forwarder = await openForwarder(
      replays,
      { baseUrl, timeoutMs: 5000 },
      { mask: createLogMask(), secrets: createSecrets() },
    );
    onTestFinished(() => forwarder[Symbol.asyncDispose]());
    const [replay] = forwarder.replays;
    const statusOf = async (headers = {}) => (await fetch(forwarder.url, { headers })).status;
    expect(await statusOf()).toBe(403);
    expect(await statusOf({ 'x-pact-interaction': '0' })).toBe(403);
    expect(await statusOf(replay?.headers)).toBe(200);
    expect(await statusOf(replay?.headers)).toBe(403);
    expect(count).toBe(1);
  });
});
