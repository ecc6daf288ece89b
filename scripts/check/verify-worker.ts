// A process of its own: Pact's verifier prints its report to standard output from native code, where only the
// results of a command belong.
import { Verifier, type VerifierOptions } from '@pact-foundation/pact';
import { matchesTemplate } from '../spec/match-path.ts';

/** What the worker is given, as JSON in its first argument. */
export interface VerifyJob {
  pactFile: string;
  mockUrl: string;
  choices: readonly StateChoice[];
}

/** What an operation is made to answer in a state of the provider. */
export interface StateChoice {
  state: string;
  /** Lower case. */
  method: string;
  /** With `{placeholders}`. */
  path: string;
  /** The `Prefer` header. */
  preference: string;
}

/** What the worker sends back: the verifier's own list of failed interactions, or why it could not verify. */
export type VerifyOutcome = { errors: FailedInteraction[] } | { failure: string };

/** A failed interaction as Pact's verifier reports it. */
export interface FailedInteraction {
  /** `Verifying a pact between … Given <state> - <description>` */
  interaction: string;
  mismatch: { message?: string; mismatches?: { mismatch: string; path?: string; key?: string }[] };
}

/** The request that the verifier's proxy is about to send on; its package names Express types it does not bring. */
interface VerifierRequest {
  method: string;
  path: string;
  headers: Record<string, string | undefined>;
  body: unknown;
}

process.env.PACT_DO_NOT_TRACK = '1';

process.send?.(await verify(JSON.parse(process.argv[2] ?? '') as VerifyJob), () => process.exit());

async function verify({ pactFile, mockUrl, choices }: VerifyJob): Promise<VerifyOutcome> {
  let currentState = '';
  const enter = (state: string) => async () => {
    currentState = state;
  };
  const options: VerifierOptions = {
    providerBaseUrl: mockUrl,
    pactUrls: [pactFile],
    logLevel: 'error',
    // A 302 is the answer; its target is none of the mock's.
    followRedirects: false,
    timeout: 10_000,
    stateHandlers: Object.fromEntries(choices.map(({ state }) => [state, { setup: enter(state) }])),
    requestFilter: (request: VerifierRequest, _response: unknown, next: () => void) => {
      restoreForm(request);
      chooseExample(request, currentState, choices);
      next();
    },
  };
  return new Verifier(options).verifyProvider().then(() => ({ errors: [] }), readErrors);
}

function readErrors(error: Error): VerifyOutcome {
  try {
    return { errors: (JSON.parse(error.message) as { errors: FailedInteraction[] }).errors };
  } catch {
    return { failure: error.message };
  }
}

// The verifier's proxy parses a form and would send it on as JSON.
// https://github.com/pact-foundation/pact-js/issues/884
function restoreForm(request: VerifierRequest): void {
  if (
    request.headers['content-type'] === 'application/x-www-form-urlencoded' &&
    !Buffer.isBuffer(request.body)
  ) {
    const form = Buffer.from(new URLSearchParams(request.body as Record<string, string>).toString());
    request.body = form;
    request.headers['content-length'] = String(form.length);
  }
}

function chooseExample(request: VerifierRequest, state: string, choices: readonly StateChoice[]): void {
  const choice = choices.find(
    (candidate) =>
      candidate.state === state &&
      candidate.method === request.method.toLowerCase() &&
      matchesTemplate(candidate.path, request.path),
  );
  if (choice !== undefined) {
    request.headers.prefer = choice.preference;
  }
}
