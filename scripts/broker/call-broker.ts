import { type CommandContext, type ExitCode, SetupError } from '../command.ts';
import { toLine } from '../finding.ts';
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

/** How the broker is called, as the options of a command say it. */
export interface CallSettings {
  'dry-run': boolean;
  /** In seconds. */
  timeout: string;
}

/** The options of each command that calls the broker. */
export const callOptions = {
  'dry-run': { type: 'boolean', default: false },
  timeout: { type: 'string', default: '60' },
} as const;

/** The part of a usage text that describes `callOptions` and says where the broker is. */
export const callUsage = `  --timeout SECONDS   end the call after this time, retries included (default 60)
  --dry-run           print what would be sent, and do not call the broker

Environment, as the Pact CLI reads it:
  PACT_BROKER_BASE_URL      the broker
  PACT_BROKER_TOKEN         its token, or else
  PACT_BROKER_USERNAME      its user
  PACT_BROKER_PASSWORD      and the password
  PACT_BROKER_HTTP_RETRIES  how often to try again where the broker can't be reached (default 8; 0: never)`;

/**
 * Calls the broker with the Pact CLI and prints its answer, or prints what it would call.
 *
 * @throws {SetupError} when there is no address, no broker answers in time, or the Pact CLI does not run
 */
export async function callBroker(
  call: BrokerCall,
  { 'dry-run': dryRun, timeout }: CallSettings,
  { stdout, stderr, env }: CommandContext,
): Promise<ExitCode> {
  const url = readBrokerUrl(env);
  const seconds = readSeconds(timeout);
  if (dryRun) {
    const broker = `broker: ${url ?? '(PACT_BROKER_BASE_URL is not set)'}`;
    stdout([formatCommand(call.args), broker, ...call.details].map(toLine).join('\n'));
    return 0;
  }
  if (url === undefined) {
    throw new SetupError('PACT_BROKER_BASE_URL is not set. Set it to the address of your Pact Broker.');
  }
  stderr(toLine(`Calling ${url} …`));
  const run = await runPactCli(call.args, { env: { ...env, PACT_BROKER_BASE_URL: url }, seconds });
  const exitCode = judgeRun(run, call.isDone);
  stdout(toLines(run.stdout));
  return exitCode;
}

async function runPactCli(
  args: readonly string[],
  { env, seconds }: { env: CommandContext['env']; seconds: number },
): Promise<ToolRun> {
  try {
    const timeoutMs = seconds * 1000;
    return await runTool('@pact-foundation/pact-cli', ['broker', ...args], { env, timeoutMs });
  } catch (error) {
    if (((error as Error).cause as Error | undefined)?.name !== 'TimeoutError') {
      throw error;
    }
    throw new SetupError(
      `The broker did not answer within ${seconds} s, and the call was ended. Check PACT_BROKER_BASE_URL and whether ` +
        'the broker works, or give it more time with --timeout SECONDS.',
      { cause: error },
    );
  }
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3600)) {
    throw new SetupError(`--timeout is "${text}", expected a number of seconds up to 3600.`);
  }
  return seconds;
}

// The broker words its answers, and they quote the pacts.
function toLines(text: string): string {
  return text.trim().split('\n').map(toLine).join('\n');
}

function readBrokerUrl({ PACT_BROKER_BASE_URL: url }: CommandContext['env']): string | undefined {
  // CI sets a variable to nothing for a secret that is not there.
  if (url === undefined || url === '') {
    return undefined;
  }
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new SetupError(
      'PACT_BROKER_BASE_URL is not an http or https address, such as https://broker.example.com.',
    );
  }
  // The Pact CLI prints the address, and so would print them.
  if (parsed.username !== '' || parsed.password !== '') {
    throw new SetupError(
      'PACT_BROKER_BASE_URL has credentials in it. Set PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD instead.',
    );
  }
  if (parsed.search !== '' || parsed.hash !== '') {
    throw new SetupError(
      'PACT_BROKER_BASE_URL has a query or a fragment, which is not part of the address of a broker. Leave it out, and ' +
        'set PACT_BROKER_TOKEN to a token.',
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
  throw new SetupError(explainFailure(exitCode, toLines(stderr) || toLines(stdout)));
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
