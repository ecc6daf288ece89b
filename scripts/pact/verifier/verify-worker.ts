// A process of its own: Pact's verifier prints its report to standard output from native code, where only the
// results of a command belong.
import pactCore from '@pact-foundation/pact-core';

/** What the worker is sent: a pact whose descriptions are numbers, and the server to replay it on. */
export interface WorkerJob {
  pactFile: string;
  url: string;
  /** For each request, in milliseconds. */
  requestTimeoutMs: number;
}

/** What the worker sends back: the verifier's own lists, or why it could not verify. */
export type WorkerResult = VerifierReport | { failure: string };

/** The verifier's report, as far as it is read. */
export interface VerifierReport {
  errors: VerifierError[];
  interactionResults: { description: string }[];
}

/** A failed interaction, as the verifier reports it. */
export interface VerifierError {
  /** `Verifying a pact between … - <description>` */
  interaction: string;
  mismatch: { message?: string; mismatches?: { mismatch: string; path?: string; key?: string }[] };
}

process.on('message', async (job) => process.send?.(await verify(job as WorkerJob)));
process.on('disconnect', () => process.exit());
// A message that comes before the listener is lost: Pact takes its time to load.
process.send?.('ready');

async function verify({ pactFile, url, requestTimeoutMs }: WorkerJob): Promise<WorkerResult> {
  const replaying = pactCore.default.verifyPacts({
    providerBaseUrl: url,
    pactUrls: [pactFile],
    provider: 'provider',
    logLevel: 'error',
    // A 302 is the answer; where it leads is nothing that the pact speaks of.
    followRedirects: false,
    timeout: requestTimeoutMs,
  });
  // Its report is the result, or else the message of the error.
  const report = await replaying.catch((error: Error) => error.message);
  try {
    const { errors, interactionResults } = JSON.parse(report) as VerifierReport;
    return { errors, interactionResults };
  } catch {
    return { failure: report };
  }
}
