import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { quietEnvironment } from '../../process/quiet-environment.ts';
import type { ToolSettings } from '../../process/run-tool.ts';
import type { WorkerJob, WorkerResult } from './verify-worker.ts';

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
  const kept = Object.entries(variables).filter(([name]) => !/^(PACT|NEXUDUS|SSL_CERT)_|_PROXY$/i.test(name));
  return {
    ...Object.fromEntries(kept),
    ...quietEnvironment,
    // The verifier loads all trusted certificates anew for each request, which takes 5 to 30 ms, also for http.
    SSL_CERT_FILE: certificateFile,
  };
}
