import { fork } from 'node:child_process';
import { once } from 'node:events';
import { SetupError } from '../command.ts';
import type { Finding } from '../finding.ts';
import type { PactDocument } from '../pact/read-pact.ts';
import { type DocumentedAnswer, formatPreference } from '../spec/list-answers.ts';
import type { FailedInteraction, StateChoice, VerifyJob, VerifyOutcome } from './verify-worker.ts';

/**
 * Replays every interaction of a pact on a mock that follows `Prefer`, with Pact's verifier.
 *
 * Each failed interaction is a finding of code `pact.refused-by-mock`.
 *
 * @throws {SetupError} when the verifier did not verify
 */
export async function verifyPact(
  pact: PactDocument,
  mockUrl: string,
  answers: readonly DocumentedAnswer[],
): Promise<Finding[]> {
  const outcome = await runWorker({ pactFile: pact.file, mockUrl, choices: answers.flatMap(toChoice) });
  if ('failure' in outcome) {
    throw new SetupError(`Pact's verifier did not verify ${pact.file}: ${outcome.failure}`);
  }
  return outcome.errors.map((error) => toFinding(error, pact));
}

function toChoice(answer: DocumentedAnswer): StateChoice[] {
  const { state, place } = answer;
  const { method, path } = place;
  return state === undefined ? [] : [{ state, method, path, preference: formatPreference(answer) }];
}

async function runWorker(job: VerifyJob): Promise<VerifyOutcome> {
  const worker = fork(new URL('./verify-worker.ts', import.meta.url), [JSON.stringify(job)], {
    silent: true,
  });
  let printed = '';
  const keep = (text: Buffer): void => {
    printed += text;
  };
  worker.stdout?.on('data', keep);
  worker.stderr?.on('data', keep);
  const [event] = await Promise.race([once(worker, 'message'), once(worker, 'close')]);
  return typeof event === 'object' && event !== null
    ? event
    : { failure: `it ended without a result.\n${printed}` };
}

function toFinding({ interaction, mismatch }: FailedInteraction, { pact, locate }: PactDocument): Finding {
  const index = pact.interactions.findIndex(({ description }) => interaction.endsWith(` - ${description}`));
  const reasons = mismatch.mismatches?.map(({ path, key, mismatch: reason }) => {
    const place = path ?? key;
    return place === undefined || place === '$' ? reason : `${place}: ${reason}`;
  });
  return {
    code: 'pact.refused-by-mock',
    severity: 'error',
    message: `"${pact.interactions[index]?.description ?? interaction}": ${reasons?.join('; ') ?? mismatch.message ?? 'refused'}`,
    at: locate(index === -1 ? '#/interactions' : `#/interactions/${index}`),
  };
}
