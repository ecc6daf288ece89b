import { type CommandContext, type ExitCode, type OptionValues, SetupError } from '../cli/command.ts';
import { toLine } from '../cli/finding.ts';
import { quoteWord } from '../cli/output.ts';
import { runTool, type ToolRun } from '../cli/tool.ts';
import { toolkitFolder } from '../cli/toolkit.ts';

/** A call of the Pact CLI's broker command. */
export interface BrokerCall {
  /** The words after `pact broker`. They contain no secrets: the Pact CLI reads those from the environment. */
  args: string[];
  /** The lines that `--dry-run` prints after the command and the URL of the broker. */
  details: string[];
  /** Returns whether the stdout of the Pact CLI says that the call succeeded. */
  isDone: (printed: string) => boolean;
}

/** The options of each command that calls the broker. */
export const callOptions = {
  timeout: {
    type: 'string',
    value: 'SECONDS',
    default: '60',
    help: 'end the call after this time, retries included',
  },
  'dry-run': { type: 'boolean', help: 'print the call and do not send it' },
} as const;

/** The environment variables of each command that calls the broker. */
export const callEnvironment = {
  intro: 'Environment, as the Pact CLI reads it:',
  variables: {
    PACT_BROKER_BASE_URL: 'the URL of the broker',
    PACT_BROKER_TOKEN: 'its token, or instead:',
    PACT_BROKER_USERNAME: 'its user name',
    PACT_BROKER_PASSWORD: 'its password',
    PACT_BROKER_HTTP_RETRIES: 'how often to retry if the broker cannot be reached (default 8; 0: never)',
  },
} as const;

/**
 * Calls the broker with the Pact CLI and prints its response. With `--dry-run`, prints the call instead.
 *
 * @throws {SetupError} when the URL is missing, no broker responds in time, or the Pact CLI does not run
 */
export async function callBroker(
  call: BrokerCall,
  { 'dry-run': dryRun, timeout }: OptionValues<typeof callOptions>,
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
    throw new SetupError('PACT_BROKER_BASE_URL is not set. Set it to the URL of your Pact Broker.');
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
      `The broker did not respond within ${seconds} s. Check PACT_BROKER_BASE_URL and whether the broker works, ` +
        'or allow more time with --timeout SECONDS.',
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

// The broker writes its responses, and they quote the pacts.
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
      'PACT_BROKER_BASE_URL is not an http or https URL. Set it to a URL such as https://broker.example.com.',
    );
  }
  // The Pact CLI prints the URL, and so would print them.
  if (parsed.username !== '' || parsed.password !== '') {
    throw new SetupError(
      'PACT_BROKER_BASE_URL contains credentials. Remove them, and set PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD.',
    );
  }
  if (parsed.search !== '' || parsed.hash !== '') {
    throw new SetupError(
      'PACT_BROKER_BASE_URL has a query or a fragment, which the URL of a broker never has. Remove it. To pass a ' +
        'token, set PACT_BROKER_TOKEN.',
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
 * Returns the exit code for a run of the Pact CLI: 0 done, 1 refused by the broker.
 *
 * The exit code of the Pact CLI is not enough: it is also 1 if the broker does not respond, and also 0 if the binary
 * was killed.
 *
 * @throws {SetupError} when the broker neither accepted nor refused
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
    return `The Pact CLI has no binary for ${platform}. Run npm ci on this machine, with optional dependencies.`;
  }
  if (printed.includes('Failed to access pact broker')) {
    return `Cannot reach the broker. Check PACT_BROKER_BASE_URL.\n${printed}`;
  }
  return `The Pact CLI ended with exit code ${exitCode} and without a response from the broker:\n${printed}`;
}
