import type { Answer } from '../../http/message.ts';
import type { OnAnswer } from '../../mock/serve.ts';
import type { HttpInteraction } from '../../pact/interactions.ts';
import type { Interaction, Pact } from '../../pact/pact.ts';
import { interactionHeader } from '../../pact/verifier/replay.ts';
import type { Verifier } from '../../pact/verifier/verifier.ts';

/** One way to replay an interaction. */
export interface Attempt {
  /** The `Prefer` header that may make the mock answer as the interaction expects. */
  preference: string;
  /** The interaction to replay: that of the pact, or a part of it. */
  raw: Interaction;
  /** Whether the response was left out as far as the mock would make it up: then what it made up is nobody's fault. */
  isBare: boolean;
  /** Whether passing it proves less than was expected, so that the reasons of the first attempt are still told. */
  isDoubtful: boolean;
  /**
   * Whether the request may be wrong on purpose, so that the mock refuses it with a status of its own: another provider
   * takes another one.
   */
  mayBeRefused: boolean;
}

/** An interaction, and how it is tried until it passes. */
export interface Candidate {
  interaction: HttpInteraction;
  attempts: readonly Attempt[];
}

/** An interaction that no answer met, and what was wrong with the first of them. */
export interface Failure {
  interaction: HttpInteraction;
  reasons: readonly string[];
  severity: 'error' | 'warning';
}

/** Where to replay, with what, and who watches it. */
export interface Stage {
  url: string;
  verifier: Verifier;
  watch: Watch;
}

interface Outcome {
  reasons: readonly string[];
  /** Why the mock could not answer. */
  defect: string | undefined;
}

/**
 * Replays interactions with their first attempts, those that fail with their second ones, and so on.
 */
export async function replayInRounds(
  pact: Pact,
  candidates: readonly Candidate[],
  stage: Stage,
): Promise<Failure[]> {
  const failures = new Map<HttpInteraction, Failure>();
  let open = candidates;
  for (let round = 0; open.length > 0; round += 1) {
    const outcomes = await replayRound(pact, open, round, stage);
    const failed: Candidate[] = [];
    for (const candidate of open) {
      const { interaction, attempts } = candidate;
      const { reasons = [], defect } = outcomes.get(interaction) ?? {};
      const first = failures.get(interaction)?.reasons ?? reasons;
      if (defect !== undefined) {
        failures.set(interaction, { interaction, reasons: [defect], severity: 'warning' });
      } else if (reasons.length > 0) {
        failures.set(interaction, { interaction, reasons: first, severity: 'error' });
        failed.push(candidate);
      } else if (attempts[round]?.isDoubtful === true && first.length > 0) {
        failures.set(interaction, { interaction, reasons: first, severity: 'warning' });
      } else {
        failures.delete(interaction);
      }
    }
    open = failed.filter(({ attempts }) => round + 1 < attempts.length);
  }
  return [...failures.values()];
}

async function replayRound(
  pact: Pact,
  candidates: readonly Candidate[],
  round: number,
  { url, verifier, watch }: Stage,
): Promise<Map<HttpInteraction, Outcome>> {
  const interactions = [...pact.interactions];
  const replays = candidates.flatMap(({ interaction: { index }, attempts }) => {
    const attempt = attempts[round];
    if (attempt === undefined) {
      return [];
    }
    interactions[index] = attempt.raw;
    return [{ index, headers: { prefer: attempt.preference, [interactionHeader]: String(index) } }];
  });
  const failed = await verifier.verify({ pact: { ...pact, interactions }, replays, url });
  return new Map(
    candidates.map(({ interaction, attempts }) => {
      const { index, response } = interaction;
      const mismatches = failed.find((failure) => failure.index === index)?.reasons ?? [];
      const answer = watch.take(index);
      const attempt = attempts[round];
      const isRefusal = answer !== undefined && answer.status >= 400 && answer.status < 500;
      const reasons =
        attempt?.mayBeRefused === true && isRefusal
          ? []
          : [
              ...mismatches,
              ...listRefusals(answer, response.status),
              ...listViolations(answer, response.status, attempt?.isBare === true),
            ];
      return [interaction, { reasons, defect: findDefect(answer, response.status) }];
    }),
  );
}

// No spec documents these: the mock failed, or cannot write the response.
function findDefect(answer: Answer | undefined, expectedStatus: number): string | undefined {
  if (
    answer?.status !== 500 ||
    expectedStatus === 500 ||
    !answer.headers['content-type']?.includes('problem')
  ) {
    return undefined;
  }
  const { detail = 'it gives no reason' } = JSON.parse(answer.body) as { detail?: string };
  return `the mock itself cannot answer this request, so it is not checked here: ${detail}`;
}

// When the mock refuses a request, only the body says why.
function listRefusals(answer: Answer | undefined, expectedStatus: number): string[] {
  if (answer === undefined || answer.violations !== undefined || answer.status === expectedStatus) {
    return [];
  }
  const isProblem = answer.status < 500 && answer.headers['content-type']?.includes('problem') === true;
  const { validation = [] } = (isProblem ? JSON.parse(answer.body) : {}) as {
    validation?: { location?: string[]; message?: string }[];
  };
  return validation.map(
    ({ location = ['request'], message = '' }) =>
      `the mock found a violation in ${location.join('.')}: ${message}`,
  );
}

/** Keeps what the mock answered to each interaction. */
interface Watch {
  onAnswer: OnAnswer;
  /** Returns the response to an interaction, and forgets it. */
  take: (index: number) => Answer | undefined;
}

/**
 * Watches a mock, whose answers carry their violations of the spec.
 */
export function watchAnswers(): Watch {
  const answers = new Map<string, Answer>();
  return {
    onAnswer: ({ headers }, answer) => {
      answers.set(String(headers[interactionHeader]), answer);
    },
    take: (index) => {
      const answer = answers.get(String(index));
      answers.delete(String(index));
      return answer;
    },
  };
}

// Where an interaction expects to be refused, its request may be wrong on purpose; of a response that was left out,
// nothing counts.
function listViolations(answer: Answer | undefined, expectedStatus: number, isBare: boolean): string[] {
  return (answer?.violations ?? [])
    .filter(({ severity }) => severity === 'Error' || severity === 'Warning')
    .filter(({ location: [side] }) => (side === 'response' ? !isBare : expectedStatus < 400))
    .map(({ location, message }) => `the mock found a violation in ${location.join('.')}: ${message}`);
}
