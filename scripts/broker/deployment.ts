import {
  type Command,
  type CommandContext,
  defineCommand,
  type ExitCode,
  SetupError,
} from '../cli/command.ts';
import { configOption, loadProject } from '../cli/config.ts';
import { toLine } from '../cli/finding.ts';
import { alignRows, type Cell } from '../cli/output.ts';
import { readCommit } from './git.ts';
import { BrokerRefusal, findLink, type Link, type Resource, reportRefusal, toLines } from './resource.ts';
import { callEnvironment, callOptions, readBrokerUrl } from './settings.ts';

/** The options that name a version of an application. */
export const versionOptions = {
  pacticipant: {
    type: 'string',
    value: 'NAME',
    help: 'your application, as the broker names it (default: the consumer of contract.config.ts, or else its provider)',
  },
  version: {
    type: 'string',
    value: 'NAME',
    help: 'its version (default: the commit of the working directory)',
  },
} as const;

/** A version of an application, and an environment of the broker. */
export interface Deployment {
  pacticipant: string;
  version: string;
  environment: string;
}

/** `record-deployment`. */
export const command: Command = defineCommand({
  name: 'record-deployment',
  synopsis: ['--to ENVIRONMENT [options]'],
  description: 'Tells a Pact Broker which version is deployed in an environment, once it is.',
  options: {
    to: { type: 'string', value: 'ENVIRONMENT', help: 'the environment, such as production' },
    ...versionOptions,
    config: configOption,
    ...callOptions,
  },
  environment: callEnvironment,
  exitCodes: {
    0: 'recorded',
    1: 'the broker refused',
    2: 'wrong usage, a broken setup, wrong credentials or no response from a broker',
  },
  run: async (options, context) => {
    const deployment = await readDeployment(options, 'record-deployment');
    if (options['dry-run']) {
      context.stdout(describeDeployment(deployment, context.env));
      return 0;
    }
    return recordDeployment(deployment, options, context);
  },
});

/**
 * Reads which version goes where.
 *
 * @throws {SetupError} when the environment or the name of the application is missing
 */
export async function readDeployment(
  options: Readonly<Partial<Record<'to' | 'pacticipant' | 'version' | 'config', string | undefined>>>,
  name: string,
): Promise<Deployment> {
  if (options.to === undefined) {
    throw new SetupError('--to is missing, expected an environment, such as --to production.');
  }
  return {
    pacticipant: options.pacticipant ?? (await readOwnName(options.config, name)),
    version: options.version ?? readCommit(process.cwd()),
    environment: options.to,
  };
}

async function readOwnName(configFile: string | undefined, name: string): Promise<string> {
  const { requireProject } = await import('../cli/config.ts');
  const project = requireProject(
    await loadProject({ configFile }),
    `${name} needs the name of your application, as the broker knows it`,
    `${name} --pacticipant my-app --to production`,
  );
  return project.config.consumer ?? project.config.provider ?? project.require('consumer');
}

/** Says what would be asked or recorded, for `--dry-run`. */
export function describeDeployment(
  { pacticipant, version, environment }: Deployment,
  env: CommandContext['env'],
): string {
  const url = readBrokerUrl(env) ?? '(PACT_BROKER_BASE_URL is not set)';
  const lines = [
    `broker: ${url}`,
    `pacticipant: ${pacticipant}`,
    `version: ${version}`,
    `environment: ${environment}`,
  ];
  return lines.map(toLine).join('\n');
}

async function recordDeployment(
  { pacticipant, version, environment }: Deployment,
  options: { timeout: string },
  context: CommandContext,
): Promise<ExitCode> {
  const { connectBroker } = await import('./client.ts');
  const broker = await connectBroker(options, context);
  return reportRefusal(context, async () => {
    const place = findLink(broker.index, 'pb:pacticipant-version');
    const found = await broker.call(place, { values: { pacticipant, version } }).catch((error: Error) => {
      throw error instanceof BrokerRefusal && error.status === 404
        ? new BrokerRefusal(
            404,
            `It knows no version ${version} of ${pacticipant}. Publish its pacts or results first.`,
          )
        : error;
    });
    const links = listLinks(found, 'pb:record-deployment');
    const link = links.find(({ name }) => name === environment);
    if (link === undefined) {
      const names = links.map(({ name }) => name).join(', ');
      throw new BrokerRefusal(404, `It knows no environment ${environment}, only ${names}.`);
    }
    await broker.call(link, { method: 'POST', body: {} });
    context.stdout(toLine(`Recorded: ${pacticipant} ${version} is deployed in ${environment}.`));
    return 0;
  });
}

function listLinks({ _links: links = {} }: Resource, relation: string): Link[] {
  return [links[relation] ?? []].flat() as Link[];
}

/** What the broker says of a deployment. `deployable` is null where a result is missing. */
interface Answer extends Resource {
  summary?: { deployable: boolean | null; reason: string };
  matrix?: readonly MatrixRow[];
}

interface MatrixRow {
  consumer: { name: string; version: { number: string } | null };
  provider: { name: string; version: { number: string } | null };
  verificationResult: { success: boolean } | null;
}

/**
 * Asks the broker whether a version works with everything that is deployed in an environment, and prints its answer:
 * a row for each pact, and yes, no or unknown with the reason.
 *
 * @throws {SetupError} when no broker responds
 */
export async function askBroker(
  { pacticipant, version, environment }: Deployment,
  options: { timeout: string },
  context: CommandContext,
): Promise<ExitCode> {
  const { connectBroker } = await import('./client.ts');
  const broker = await connectBroker(options, context);
  const link = findLink(broker.index, 'pb:can-i-deploy-pacticipant-version-to-environment');
  return reportRefusal(context, async () => {
    const values = { pacticipant, version, environment };
    const { summary, matrix = [] }: Answer = await broker.call(link, { values });
    if (summary === undefined) {
      throw new SetupError(
        `The broker at ${broker.url} did not say whether it is safe. Check PACT_BROKER_BASE_URL.`,
      );
    }
    const verdict = { true: 'yes', false: 'no', null: 'unknown' }[String(summary.deployable)] ?? 'unknown';
    const table = matrix.length === 0 ? [] : alignRows([heading, ...matrix.map(toCells)], false);
    context.stdout([...table.map(toLine), toLines(broker.mask(`${verdict}: ${summary.reason}`))].join('\n'));
    return summary.deployable === true ? 0 : 1;
  });
}

const heading: Cell[] = ['consumer', 'version', 'provider', 'version', 'result'].map((text) => ({ text }));

function toCells({ consumer, provider, verificationResult }: MatrixRow): Cell[] {
  const result = verificationResult === null ? 'unknown' : verificationResult.success ? 'success' : 'failure';
  const versions = [consumer, provider].flatMap(({ name, version }) => [name, version?.number ?? 'unknown']);
  return [...versions, result].map((text) => ({ text: String(text) }));
}
