import { type CommandContext, type ExitCode, SetupError } from '../command.ts';
import { quoteWord } from '../process/quote-word.ts';
import { runTool, type ToolRun } from '../process/run-tool.ts';
import { toolkitFolder } from '../toolkit.ts';

/** A call of the Pact CLI's broker command. */
export interface BrokerCall {
  /** The words after `pact broker`. Secrets are none of them: the Pact CLI reads those from the environment. */
  args: string[];
  /** What `--dry-run` prints, one line each, after the command and the broker's address. */
  details: string[];
  /** Whether the Pact CLI says, on its standard output, that it has done what it was called for. */
  isDone: (printed: string) => boolean;
}

/** The part of a usage text that says where the broker is. */
export const environmentUsage = `Environment, as the Pact CLI reads it:
  PACT_BROKER_BASE_URL      the broker
  PACT_BROKER_TOKEN         its token, or else
  PACT_BROKER_USERNAME      its user
  PACT_BROKER_PASSWORD      and the password
  PACT_BROKER_HTTP_RETRIES  0 gives up at once on a broker that does not answer (default 8, two minutes)`;

/**
 * Calls the broker with the Pact CLI and prints its answer, or prints what it would call.
 *
 * @throws {SetupError} when there is no address, no broker answers, or the Pact CLI does not run
 */
export async function callBroker(
  { args, details, isDone }: BrokerCall,
  dryRun: boolean,
  { stdout, stderr, env }: CommandContext,
): Promise<ExitCode> {
  const url = readBrokerUrl(env);
  if (dryRun) {
    const broker = `broker: ${url ?? '(PACT_BROKER_BASE_URL is not set)'}`;
    stdout([formatCommand(args), broker, ...details].join('\n'));
    return 0;
  }
  if (url === undefined) {
    throw new SetupError('PACT_BROKER_BASE_URL is not set. Set it to the address of your Pact Broker.');
  }
  stderr(`Calling ${url} …`);
  const run = await runTool('@pact-foundation/pact-cli', ['broker', ...args], {
    env: { ...env, PACT_BROKER_BASE_URL: url },
  });
  const exitCode = judgeRun(run, isDone);
  stdout(run.stdout.trim());
  return exitCode;
}

function readBrokerUrl({ PACT_BROKER_BASE_URL: url }: CommandContext['env']): string | undefined {
  // CI sets a variable to nothing for a secret that is not there.
  if (url === undefined || url === '') {
    return undefined;
  }
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new SetupError(
      'PACT_BROKER_BASE_URL is no http or https address, such as https://broker.example.com.',
    );
  }
  // The Pact CLI prints the address, and so would print them.
  if (parsed.username !== '' || parsed.password !== '') {
    throw new SetupError(
      'PACT_BROKER_BASE_URL has credentials in it. Set PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD instead.',
    );
  }
  return url;
}

function formatCommand(args: readonly string[]): string {
  // --no: never a package of that name from the registry.
  const words = ['npx', '--prefix', toolkitFolder, '--no', '--', 'pact', 'broker', ...args];
  return words.map(quoteWord).join(' ');
}

/**
 * Judges how the Pact CLI ended: 0 done, 1 refused by the broker.
 *
 * Its exit code tells too little: 1 is also a broker that does not answer, and 0 also a binary that was killed.
 *
 * @throws {SetupError} when the broker did neither
 */
export function judgeRun({ exitCode, stdout, stderr }: ToolRun, isDone: BrokerCall['isDone']): ExitCode {
  if (exitCode === 0 && isDone(stdout)) {
    return 0;
  }
  if (exitCode === 1 && /failed: 4\d\d |failed validation|publication failed|Computer says no/.test(stdout)) {
    return 1;
  }
  throw new SetupError(explainFailure(exitCode, stderr.trim() || stdout.trim()));
}

function explainFailure(exitCode: number, printed: string): string {
  if (printed.includes("Couldn't find application binary")) {
    const platform = `${process.platform} ${process.arch}`;
    return `The Pact CLI has no binary for ${platform} here. Run npm ci on this machine, with optional dependencies.`;
  }
  if (printed.includes('Failed to access pact broker')) {
    return `The broker can't be reached. Check PACT_BROKER_BASE_URL.\n${printed}`;
  }
  return `The Pact CLI ended with ${exitCode} and without an answer of the broker.\n${printed}`;
}
