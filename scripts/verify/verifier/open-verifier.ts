import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import type { Pact } from '../../pact/pact.ts';
import type { ToolSettings } from '../../process/run-tool.ts';
import { narrowPact, type Replay } from './narrow-pact.ts';
import { type FailedInteraction, readResult } from './read-result.ts';
import { startWorker, type Worker } from './start-worker.ts';

/** What to replay, and where. */
export interface VerifierJob {
  pact: Pact;
  /** The interactions to replay, in this order. */
  replays: readonly Replay[];
  /** A server on this machine, over http. */
  url: string;
}

/** Pact's verifier, kept running from job to job, until it is disposed of. */
export interface Verifier extends AsyncDisposable {
  /**
   * Replays interactions on a server and resolves to those that failed. Jobs run one after another.
   *
   * @throws {SetupError} when the verifier did not verify; its message can quote what was answered
   */
  verify: (job: VerifierJob) => Promise<FailedInteraction[]>;
}

/** How Pact's verifier is run. */
export interface VerifierSettings {
  /** For each request, in milliseconds. Default: 10,000. */
  requestTimeoutMs?: number;
  /** The variables that its process gets. Default: those of this process. */
  env?: ToolSettings['env'];
}

/**
 * Starts Pact's verifier in a process of its own.
 *
 * @example
 * await using verifier = openVerifier();
 * const failed = await verifier.verify({ pact, replays: [{ index: 0, headers: {} }], url: mock.url });
 */
export function openVerifier({ requestTimeoutMs = 10_000, env }: VerifierSettings = {}): Verifier {
  const folder = mkdtempSync(join(tmpdir(), 'nexudus-verify-'));
  const worker = startWorker(writeCertificate(folder), env);
  let queue: Promise<unknown> = Promise.resolve();
  return {
    verify: (job) => {
      const failed = queue.then(() => run(job, folder, worker, requestTimeoutMs));
      queue = failed.catch(() => {});
      return failed;
    },
    [Symbol.asyncDispose]: async () => {
      await worker.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// One is enough, for none is needed: without any, the verifier sends no request.
function writeCertificate(folder: string): string {
  const file = join(folder, 'certificate.pem');
  writeFileSync(file, rootCertificates[0] ?? '');
  return file;
}

async function run(
  job: VerifierJob,
  folder: string,
  worker: Worker,
  requestTimeoutMs: number,
): Promise<FailedInteraction[]> {
  const { pact, replays, url } = job;
  const pactFile = join(folder, 'pact.json');
  writeFileSync(pactFile, JSON.stringify(narrowPact(pact, replays)));
  // Loading Pact takes a part of a second, or more of it on a busy machine.
  const timeoutMs = 30_000 + replays.length * requestTimeoutMs;
  const result = await worker.verify({ pactFile, url, requestTimeoutMs }, timeoutMs);
  const { failed, passedOver } = readResult(result, replays);
  if (passedOver.length === 0 || replays.length === 1) {
    return [...failed, ...passedOver];
  }
  // One interaction that the verifier cannot read keeps it from replaying any: the others are in the other half.
  const left = replays.filter(({ index }) => passedOver.some((one) => one.index === index));
  const middle = Math.ceil(left.length / 2);
  for (const half of [left.slice(0, middle), left.slice(middle)]) {
    failed.push(
      ...(half.length === 0 ? [] : await run({ ...job, replays: half }, folder, worker, requestTimeoutMs)),
    );
  }
  return failed;
}
