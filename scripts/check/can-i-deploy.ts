import { askBroker, describeDeployment, readDeployment, versionOptions } from '../broker/deployment.ts';
import { callEnvironment, callOptions } from '../broker/settings.ts';
import {
  type Command,
  type CommandContext,
  defineCommand,
  type ExitCode,
  SetupError,
} from '../cli/command.ts';
import { configOption } from '../cli/config.ts';

const offline = 'Without a broker';

/** `can-i-deploy`. */
export const command: Command = defineCommand({
  name: 'can-i-deploy',
  synopsis: ['--to ENVIRONMENT [options]', '--pacts-from REF:PATH [options]'],
  description: `Asks a Pact Broker whether a version works with everything that is deployed in an environment. Without a broker, checks
whether the spec works with the pacts that a git ref has.`,
  options: {
    to: { type: 'string', value: 'ENVIRONMENT', help: 'the environment to deploy to, such as production' },
    ...versionOptions,
    config: configOption,
    ...callOptions,
    'pacts-from': {
      type: 'string',
      value: 'REF:PATH',
      multiple: true,
      group: offline,
      help: 'pacts of consumers that are deployed, such as origin/main:contracts/pacts. Opens no connection',
    },
    spec: {
      type: 'string',
      value: 'FILE',
      group: offline,
      help: 'the spec of the provider to deploy (default: the spec of contract.config.ts)',
    },
  },
  environment: callEnvironment,
  exitCodes: {
    0: 'safe to deploy',
    1: 'not safe to deploy, unknown, or the broker refused',
    2: 'wrong usage, a broken setup, wrong credentials or no response from a broker',
  },
  run: async (options, context) => {
    const { 'pacts-from': places, spec, config } = options;
    if (places !== undefined) {
      if (options.to !== undefined) {
        throw new SetupError('--to asks a broker, and --pacts-from needs none. Pass one of them.');
      }
      return checkOffline({ places, spec, config }, context);
    }
    if (spec !== undefined) {
      throw new SetupError('--spec works only with --pacts-from. Try --help.');
    }
    const deployment = await readDeployment(options, 'can-i-deploy');
    if (options['dry-run']) {
      context.stdout(describeDeployment(deployment, context.env));
      return 0;
    }
    return askBroker(deployment, options, context);
  },
});

async function checkOffline(
  {
    places,
    spec,
    config,
  }: { places: readonly string[]; spec: string | undefined; config: string | undefined },
  context: CommandContext,
): Promise<ExitCode> {
  const { checkFolder } = await import('./command.ts');
  const { checkCommittedPacts } = await import('./shared-pacts.ts');
  const given = Object.entries({ spec, config }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  return checkCommittedPacts(places, context, (folder) => checkFolder(folder, given, context));
}
