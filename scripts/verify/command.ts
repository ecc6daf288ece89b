import { fetchEnvironment, refuseStrayOptions, verificationOptions } from '../broker/settings.ts';
import { type Command, defineCommand, SetupError } from '../cli/command.ts';
import { configOption, loadProject, type Project, requireProject } from '../cli/config.ts';
import { chooseSpec, specOptions } from '../cli/spec-choice.ts';

const replay = 'Replay a pact on a provider';
const traffic = 'Check recorded traffic against the spec';

/** `verify`. */
export const command: Command = defineCommand({
  name: 'verify',
  synopsis: [
    '--base-url URL [options]',
    '--base-url URL --pact-broker [options]',
    '[DOCUMENT] --har FILE [options]',
  ],
  description: 'Checks a running provider, or traffic that was recorded with one, against the contract.',
  options: {
    'base-url': {
      type: 'string',
      value: 'URL',
      group: replay,
      help: 'the provider, such as https://api.example.com',
    },
    pact: {
      type: 'string',
      value: 'FILE',
      group: replay,
      help: 'another pact (default: the pact of contract.config.ts)',
    },
    state: {
      type: 'string',
      value: 'NAME',
      multiple: true,
      group: replay,
      help: 'only the interactions in this provider state',
    },
    'allow-writes': {
      type: 'boolean',
      group: replay,
      help: 'also the interactions that change something for the customer, such as spending a refresh token',
    },
    require: {
      type: 'string',
      value: 'N|NAMES',
      multiple: true,
      group: replay,
      help: 'fail if fewer than N interactions are replayed, or if one of these is left out, comma-separated',
    },
    har: { type: 'string', value: 'FILE', group: traffic, help: 'a HAR file, as browsers export it' },
    ...specOptions,
    server: { type: 'string', value: 'URL', group: traffic, help: 'check only the requests under this URL' },
    config: configOption,
    'github-issue': {
      type: 'boolean',
      group: replay,
      help: 'keep one issue of a GitHub repository: open while the provider breaks the contract. Needs GITHUB_TOKEN; never changes the exit code',
    },
    json: { type: 'boolean', help: 'print the results as one JSON document' },
    ...verificationOptions,
  },
  environment: fetchEnvironment,
  notes: `Replays only requests that the spec of contract.config.ts has for their state. Without --allow-writes, sends only
GET, HEAD and OPTIONS requests, and other operations that are known to change nothing.

Credentials come from environment variables, which contract.config.ts names. An interaction is left out if its
credentials are missing, or if no client can bring a provider into its state. A run fails if nothing is left; --require
asks for more.

The output contains no secrets.`,
  exitCodes: { 0: 'clean', 1: 'findings', 2: 'wrong usage or a broken setup' },
  run: async (options, context) => {
    const { 'base-url': baseUrl, har, pact, server, json, config } = options;
    const fetchesPacts = options['pact-broker'];
    refuseStrayOptions(options);
    if (baseUrl !== undefined && har === undefined) {
      refuseOptions(options, ['document', 'spec', 'overlay', 'allow-remote-refs', 'server'], '--har');
      if (fetchesPacts && pact !== undefined) {
        throw new SetupError('--pact names a file, and --pact-broker fetches pacts. Pass one of them.');
      }
      const { state: states, 'allow-writes': allowWrites } = options;
      const { readRequirement } = await import('./live/outcome.ts');
      const require = options.require && readRequirement(options.require);
      const project = requireProject(
        await loadProject({ configFile: config }),
        'verify --base-url needs the config that says what to put into requests',
        'verify --base-url https://api.example.com --config contract.config.ts',
      );
      const { verifyLive } = await import('./live/live.ts');
      const broker = fetchesPacts ? { broker: { options } } : {};
      const live = { baseUrl, pact, states, allowWrites, require, json, keepsIssue: options['github-issue'] };
      return verifyLive({ ...live, ...broker }, project, context);
    }
    if (har !== undefined && baseUrl === undefined) {
      refuseOptions(
        options,
        ['pact', 'state', 'allow-writes', 'require', 'github-issue', 'pact-broker'],
        '--base-url',
      );
      const choice = chooseSpec(options, await loadProject({ configFile: config }), [
        'verify --har needs the spec of the provider',
        'verify openapi.yaml --har traffic.har',
      ]);
      const { verifyTraffic } = await import('./traffic/traffic.ts');
      return verifyTraffic({ ...choice, har, server, json }, context);
    }
    throw new SetupError('Pass either --base-url or --har. Try --help.');
  },
});

/** @see CommandModule */
export function describeProject({ config: { verify = {} } }: Project): string[] {
  const { baseUrlExample, variables = {} } = verify;
  const width = Math.max(...Object.keys(variables).map((name) => name.length));
  const lines = Object.entries(variables).map(([name, { purpose }]) => `  ${name.padEnd(width)}  ${purpose}`);
  return [
    ...(baseUrlExample === undefined ? [] : [`Provider of this project: ${baseUrlExample}`]),
    ...(lines.length === 0 ? [] : ['Variables of this project:', ...lines]),
  ];
}

function refuseOptions(options: Record<string, unknown>, names: readonly string[], mode: string): void {
  const stray = names.find((name) => options[name] !== undefined && options[name] !== false);
  if (stray !== undefined) {
    const name = stray === 'document' ? 'DOCUMENT' : `--${stray}`;
    throw new SetupError(`${name} works only with ${mode}. Try --help.`);
  }
}
