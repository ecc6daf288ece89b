import { type CommandContext, type ExitCode, parseOptions, SetupError } from '../command.ts';
import { pactFile } from '../contract/pact-file.ts';
import { requireOwnRepository, toolkitFile } from '../toolkit.ts';
import { callBroker, callOptions, callUsage } from './call-broker.ts';
import { readCommit } from './read-git.ts';

/** The text of `can-i-deploy --help`. */
export const usage: string = `Usage: nexudus-auth-contract can-i-deploy --pacticipant NAME --to ENVIRONMENT [options]

Asks a Pact Broker, with the Pact CLI, whether a version works with all that is deployed in an environment.
In this toolkit's own repository, it asks about the consumer of its own pact unless told otherwise.

Options:
  --to ENVIRONMENT    where it would be deployed, such as production
  --pacticipant NAME  what would be deployed: your application, as the broker knows it
  --version NAME      its version (default: the commit of the working directory)
${callUsage}

Exit code: 0 deployable, 1 not deployable or the broker refused, 2 usage, setup or no broker answered.`;

/**
 * Asks whether a version can be deployed, or prints what would be asked.
 *
 * @throws {SetupError} for wrong usage, and when no broker answers
 */
export async function run(args: string[], context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(args, {
    to: { type: 'string' },
    pacticipant: { type: 'string' },
    version: { type: 'string' },
    ...callOptions,
  });
  if (options.to === undefined) {
    throw new SetupError('--to is missing, expected an environment, such as --to production.');
  }
  const { to, pacticipant = await readConsumerName(), version = readCommit(process.cwd()) } = options;
  const call = {
    args: ['can-i-deploy', '--pacticipant', pacticipant, '--version', version, '--to-environment', to],
    details: [`pacticipant: ${pacticipant}`, `version: ${version}`, `environment: ${to}`],
    isDone: (printed: string) => printed.includes('Computer says yes'),
  };
  return callBroker(call, options, context);
}

async function readConsumerName(): Promise<string> {
  requireOwnRepository(
    'can-i-deploy needs the name of your application, as the broker knows it',
    'can-i-deploy --pacticipant my-app --to production',
  );
  // Loaded late, so that help needs no other package.
  const { readPact } = await import('../pact/read-pact.ts');
  const name = readPact(toolkitFile(pactFile)).document?.pact.consumer?.name;
  if (name === undefined) {
    throw new SetupError(`Found no consumer in ${pactFile}. Name one with --pacticipant.`);
  }
  return name;
}
