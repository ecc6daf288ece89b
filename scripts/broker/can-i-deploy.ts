import { type CommandContext, type ExitCode, parseOptions, SetupError } from '../command.ts';
import { pactFile } from '../contract/pact-file.ts';
import { readPact } from '../pact/read-pact.ts';
import { toolkitFile, toolkitFolder } from '../toolkit.ts';
import { callBroker, environmentUsage } from './call-broker.ts';
import { readCommit } from './read-git.ts';

/** The text of `can-i-deploy --help`. */
export const usage: string = `Usage: nexudus-auth-contract can-i-deploy --to ENVIRONMENT [options]

Asks a Pact Broker, with the Pact CLI, whether a version works with all that is deployed in an environment.

Options:
  --to ENVIRONMENT    where it would be deployed, such as production
  --pacticipant NAME  what would be deployed (default: the consumer of the toolkit's own pact)
  --version NAME      its version (default: the commit)
  --dry-run           print what would be asked, and call nobody

${environmentUsage}

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
    'dry-run': { type: 'boolean', default: false },
  });
  if (options.to === undefined) {
    throw new SetupError('--to is missing, expected an environment, such as --to production.');
  }
  const { to, pacticipant = readConsumerName(), version = readCommit(toolkitFolder) } = options;
  const call = {
    args: ['can-i-deploy', '--pacticipant', pacticipant, '--version', version, '--to-environment', to],
    details: [`pacticipant: ${pacticipant}`, `version: ${version}`, `environment: ${to}`],
    isDone: (printed: string) => printed.includes('Computer says yes'),
  };
  return callBroker(call, options['dry-run'], context);
}

function readConsumerName(): string {
  const name = readPact(toolkitFile(pactFile)).document?.pact.consumer?.name;
  if (name === undefined) {
    throw new SetupError(`Found no consumer in ${pactFile}. Name one with --pacticipant.`);
  }
  return name;
}
