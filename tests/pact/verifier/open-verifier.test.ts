import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Pact } from '../../../scripts/pact/pact.ts';
import { openVerifier, startWorker, type Verifier } from '../../../scripts/pact/verifier/verifier.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { answerWith, serve } from '../../verify/serve.ts';

const pactOf = (...statuses: number[]): Pact => ({
  consumer: { name: 'a reader' },
  provider: { name: 'a bookshop' },
  interactions: statuses.map((status) => ({
    description: 'a request',
    request: { method: 'GET', path: '/' },
    response: { status },
  })),
});

function open(settings?: Parameters<typeof openVerifier>[0]): Verifier {
  const verifier = openVerifier(settings);
  onTestFinished(() => verifier[Symbol.asyncDispose]());
  return verifier;
}

const replays = (...indexes: number[]) => indexes.map((index) => ({ index, headers: {} }));

describe('openVerifier', () => {
  it('gives each of several jobs its own result, though all are given at once', async () => {
    const verifier = open();
    const urls = await Promise.all([200, 204, 418].map((status) => serve(answerWith(status))));
    const jobs = urls.map((url) => verifier.verify({ pact: pactOf(200, 204), replays: replays(0, 1), url }));
    expect((await Promise.all(jobs)).map((failed) => failed.map(({ index }) => index))).toEqual([
      [1],
      [0],
      [0, 1],
    ]);
  });

  it('replays the interactions that it is told to, and names them by their place in the pact', async () => {
    const url = await serve(answerWith(200));
    expect(await open().verify({ pact: pactOf(200, 201, 202, 203), replays: replays(3), url })).toEqual([
      { index: 3, reasons: ['expected 203 but was 200'] },
    ]);
  });

  it('follows no redirect', async () => {
    const elsewhere = await serve(answerWith(200));
    const url = await serve(answerWith(302, { location: elsewhere }));
    expect(await open().verify({ pact: pactOf(302), replays: replays(0), url })).toEqual([]);
  });

  it('is not swayed by the environment', async () => {
    vi.stubEnv('PACT_DESCRIPTION', 'nothing of this description');
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
    vi.stubEnv('http_proxy', 'http://127.0.0.1:9');
    onTestFinished(() => void vi.unstubAllEnvs());
    const url = await serve(answerWith(200));
    const failed = await open().verify({ pact: pactOf(200, 204), replays: replays(0, 1), url });
    expect(failed).toEqual([{ index: 1, reasons: ['expected 204 but was 200'] }]);
  });

  it('gives up on a server that does not answer', async () => {
    const url = await serve(() => {});
    const verifier = open({ requestTimeoutMs: 100 });
    const [failed] = await verifier.verify({ pact: pactOf(200), replays: replays(0), url });
    expect(failed?.reasons.join()).toContain('error sending request');
  });

  it('fails all interactions of a pact that Pact cannot read, and goes on with the next', async () => {
    const url = await serve(answerWith(200));
    const verifier = open();
    const untyped = { ...pactOf(200, 200), metadata: { pactSpecification: { version: '4.0' } } };
    const reasons = [
      expect.stringMatching(/^Pact's verifier cannot read the pact\. .*has no type attribute/),
    ];
    expect(await verifier.verify({ pact: untyped, replays: replays(0, 1), url })).toEqual([
      { index: 0, reasons },
      { index: 1, reasons },
    ]);
    expect(await verifier.verify({ pact: pactOf(200), replays: replays(0), url })).toEqual([]);
  });
});

it('replays the other interactions of a pact in which one is such that Pact cannot read it', async () => {
  const url = await serve(answerWith(200));
  const pact = { ...pactOf(200, 200, 204, 200, 200), metadata: { pactSpecification: { version: '3.0.0' } } };
  const [, unreadable] = pact.interactions;
  if (unreadable !== undefined) {
    unreadable.response.matchingRules = { body: { '$.a': { matchers: [{ match: 'regex' }] } } };
  }
  const failed = await open().verify({ pact, replays: replays(0, 1, 2, 3, 4), url });
  expect(failed.map(({ index, reasons }) => [index, reasons.join().split('.')[0]])).toEqual([
    [1, "Pact's verifier cannot read the pact"],
    [2, 'expected 204 but was 200'],
  ]);
});

describe('startWorker', () => {
  it('ends a job that takes too long, and those after it', async () => {
    const folder = makeTemporaryFolder();
    const certificateFile = join(folder, 'certificate.pem');
    writeFileSync(certificateFile, rootCertificates[0] ?? '');
    const pactFile = join(folder, 'pact.json');
    writeFileSync(pactFile, JSON.stringify(pactOf(200)));
    const worker = startWorker(certificateFile);
    onTestFinished(worker.stop);
    const job = { pactFile, url: await serve(() => {}), requestTimeoutMs: 60_000 };
    expect(await worker.verify(job, 1000)).toEqual({
      failure: 'it ended without a result.\nIt did not end within 1 s.',
    });
    expect(await worker.verify(job, 60_000)).toEqual({
      failure: expect.stringContaining('it ended without a result'),
    });
  });
});
