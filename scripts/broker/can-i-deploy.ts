import { type Command, defineCommand, SetupError } from '../cli/command.ts';
import { configOption, loadProject, requireProject } from '../cli/config.ts';
import { callBroker, callEnvironment, callOptions } from './broker.ts';
import { readCommit } from './git.ts';

/** `can-i-deploy`. */
export const command: Command = defineCommand({
  name: 'can-i-deploy',
  synopsis: ['--to ENVIRONMENT [options]'],
  description: `Asks a Pact Broker, with the Pact CLI, whether a version works with everything that is deployed in an environment.`,
  options: {
    to: { type: 'string', value: 'ENVIRONMENT', help: 'the environment to deploy to, such as production' },
    pacticipant: {
      type: 'string',
      value: 'NAME',
      help: 'your application, as the broker names it (default: the consumer of contract.config.ts)',
    },
    version: {
      type: 'string',
      value: 'NAME',
      help: 'its version (default: the commit of the working directory)',
    },
    config: configOption,
    ...callOptions,
  },
  environment: callEnvironment,
  exitCodes: {
    0: 'safe to deploy',
    1: 'not safe to deploy, or the broker refused',
    2: 'wrong usage, a broken setup or no response from a broker',
  },
  run: async (options, context) => {
    if (options.to === undefined) {
      throw new SetupError('--to is missing, expected an environment, such as --to production.');
    }
    const {
      to,
      pacticipant = await readConsumerName(options.config),
      version = readCommit(process.cwd()),
    } = options;
    const call = {
      args: ['can-i-deploy', '--pacticipant', pacticipant, '--version', version, '--to-environment', to],
      details: [`pacticipant: ${pacticipant}`, `version: ${version}`, `environment: ${to}`],
      isDone: (printed: string) => printed.includes('Computer says yes'),
    };
    return callBroker(call, options, context);
  },
});

async function readConsumerName(configFile: string | undefined): Promise<string> {
  const project = requireProject(
    await loadProject({ configFile }),
    'can-i-deploy needs the name of your application, as the broker knows it',
    'can-i-deploy --pacticipant my-app --to production',
  );
  return project.require('consumer');
}
