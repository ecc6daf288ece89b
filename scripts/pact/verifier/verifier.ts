import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { quietEnvironment, type ToolSettings } from '../../cli/tool.ts';
import type { Pact } from '../pact.ts';
import { type FailedInteraction, narrowPact, type Replay, readResult } from './replay.ts';
import type { WorkerJob, WorkerResult } from './verify-worker.ts';

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
  const folder = mkdtempSync(join(tmpdir(), 'contract-kit-verify-'));
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

/** A process that verifies one job after another. */
export interface Worker {
  /** Resolves to a `failure` when the process ends before it has a result, or takes longer than `timeoutMs`. */
  verify: (job: WorkerJob, timeoutMs: number) => Promise<WorkerResult>;
  stop: () => Promise<void>;
}

/**
 * Starts a process with Pact's verifier.
 *
 * @param certificateFile a PEM file, all that the verifier is to trust
 * @param variables those that the process gets, but for what would change its verdict
 */
export function startWorker(certificateFile: string, variables: ToolSettings['env'] = process.env): Worker {
  const url = new URL(`./verify-worker${extname(import.meta.url)}`, import.meta.url);
  const child = fork(url, { silent: true, env: toEnvironment(variables, certificateFile) });
  const output = keepOutput(child);
  const nextMessage = (): Promise<WorkerResult> => once(child, 'message').then(([message]) => message);
  const end = once(child, 'close').then(
    (): WorkerResult => ({ failure: `it ended without a result.\n${output.text}` }),
    (error: Error): WorkerResult => ({ failure: error.message }),
  );
  const ready = Promise.race([nextMessage(), end]);
  const verify: Worker['verify'] = async (job, timeoutMs) => {
    const watch = setTimeout(() => {
      output.text = `It did not end within ${timeoutMs / 1000} s.`;
      child.kill('SIGKILL');
    }, timeoutMs);
    await ready;
    output.text = '';
    const result = nextMessage();
    if (child.connected) {
      child.send(job);
    }
    return Promise.race([result, end]).finally(() => clearTimeout(watch));
  };
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await end;
  };
  return { verify, stop };
}

function keepOutput({ stdout, stderr }: ChildProcess): { text: string } {
  const output = { text: '' };
  const keep = (text: Buffer): void => {
    output.text += text;
  };
  stdout?.on('data', keep);
  stderr?.on('data', keep);
  return output;
}

/**
 * The environment of the verifier, without what would change its verdict: `PACT_DESCRIPTION` and the like leave
 * interactions out, and a proxy would answer instead of the server.
 */
function toEnvironment(
  variables: NonNullable<ToolSettings['env']>,
  certificateFile: string,
): NodeJS.ProcessEnv {
  const kept = Object.entries(variables).filter(([name]) => !/^(PACT|SSL_CERT)_|_PROXY$/i.test(name));
  return {
    ...Object.fromEntries(kept),
    ...quietEnvironment,
    // The verifier loads all trusted certificates anew for each request, which takes 5 to 30 ms, also for http.
    SSL_CERT_FILE: certificateFile,
  };
}
