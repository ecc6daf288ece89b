import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  type Command,
  type CommandContext,
  defineCommand,
  type ExitCode,
  SetupError,
} from '../cli/command.ts';
import { configOption, loadProject, requireProject } from '../cli/config.ts';
import { type Finding, formatFinding, toLine } from '../cli/finding.ts';
import type { PactDocument } from '../pact/read-pact.ts';
import { findUncommitted, readBranch, readCommit } from './git.ts';
import { findLink, printNotices, reportRefusal } from './resource.ts';
import { callEnvironment, callOptions, readBrokerUrl } from './settings.ts';

/** `publish`. Findings: `pact.unreadable`. */
export const command: Command = defineCommand({
  name: 'publish',
  synopsis: ['[options]', '--pact PATH [options]'],
  description: 'Publishes pacts to a Pact Broker. Their version is the commit they are in.',
  options: {
    pact: {
      type: 'string',
      value: 'PATH',
      help: 'your pact, or all pacts in a folder (default: the pacts of contract.config.ts)',
    },
    branch: {
      type: 'string',
      value: 'NAME',
      help: 'their branch (default: the branch of git, or of GitHub Actions if HEAD is detached)',
    },
    version: { type: 'string', value: 'NAME', help: 'their version (default: the commit)' },
    tag: { type: 'string', value: 'NAME', multiple: true, help: 'a tag of the version' },
    config: configOption,
    ...callOptions,
  },
  environment: callEnvironment,
  exitCodes: {
    0: 'published',
    1: 'an unreadable pact, or the broker refused',
    2: 'wrong usage, a broken setup, wrong credentials or no response from a broker',
  },
  run: async (options, context) => {
    const { pact = await findOwnPacts(options.config), 'dry-run': dryRun, tag: tags = [] } = options;
    const { listPacts } = await import('../pact/read-pact.ts');
    const files = listPacts(pact).map((file) => resolve(file));
    const { pacts, findings } = await readPacts(files);
    if (findings.length > 0) {
      context.stdout(findings.map(formatFinding).join('\n'));
      return 1;
    }
    const version = options.version ?? readVersion(files, dryRun ? context.stderr : refuse);
    const branch = options.branch ?? readBranch(folderOf(files), context.env);
    if (dryRun) {
      context.stdout(describe(pacts, { version, branch, tags }, readBrokerUrl(context.env)));
      return 0;
    }
    return publish(pacts, { version, branch, tags }, options, context);
  },
});

async function findOwnPacts(configFile: string | undefined): Promise<string> {
  const need = 'publish needs the pact that your consumer tests write';
  return requireProject(await loadProject({ configFile }), need, 'publish --pact pacts').pacts;
}

async function readPacts(files: readonly string[]): Promise<{ pacts: PactDocument[]; findings: Finding[] }> {
  const { readPact } = await import('../pact/read-pact.ts');
  const readings = files.map(readPact);
  return {
    pacts: readings.flatMap(({ document }) => document ?? []),
    findings: readings.flatMap((reading) => reading.findings),
  };
}

/** The version of a consumer. */
interface ConsumerVersion {
  version: string;
  branch: string;
  tags: readonly string[];
}

async function publish(
  pacts: readonly PactDocument[],
  version: ConsumerVersion,
  options: { timeout: string },
  context: CommandContext,
): Promise<ExitCode> {
  const { connectBroker } = await import('./client.ts');
  const broker = await connectBroker(options, context);
  const link = findLink(broker.index, 'pb:publish-contracts');
  const byConsumer = Map.groupBy(pacts, ({ pact }) => pact.consumer.name);
  return reportRefusal(context, async () => {
    for (const [consumer, own] of byConsumer) {
      const body = toRequest(consumer, own, version);
      printNotices(await broker.call(link, { method: 'POST', body }), broker, context);
    }
    return 0;
  });
}

/** @see https://docs.pact.io/pact_broker/api/publish_contracts */
function toRequest(
  consumer: string,
  pacts: readonly PactDocument[],
  { version, branch, tags }: ConsumerVersion,
): object {
  return {
    pacticipantName: consumer,
    pacticipantVersionNumber: version,
    branch,
    tags,
    contracts: pacts.map(({ file, pact }) => ({
      consumerName: consumer,
      providerName: pact.provider.name,
      specification: 'pact',
      contentType: 'application/json',
      content: readFileSync(file).toString('base64'),
    })),
  };
}

function folderOf([file = '']: readonly string[]): string {
  return dirname(file);
}

function readVersion(files: readonly string[], onUncommitted: (message: string) => void): string {
  const folder = folderOf(files);
  const commit = readCommit(folder);
  const names = findUncommitted(
    folder,
    files.map((file) => basename(file)),
  );
  if (names.length > 0) {
    onUncommitted(
      `Cannot publish under commit ${commit}: ${names.map((name) => join(folder, name)).join(', ')} differs from ` +
        'that commit. Commit it, or pass another version with --version.',
    );
  }
  return commit;
}

function refuse(message: string): never {
  throw new SetupError(message);
}

function describe(
  pacts: readonly PactDocument[],
  { version, branch, tags }: ConsumerVersion,
  url = '(PACT_BROKER_BASE_URL is not set)',
): string {
  const lines = [
    `broker: ${url}`,
    `version: ${version}`,
    `branch: ${branch}`,
    ...tags.map((tag) => `tag: ${tag}`),
    ...pacts.map(describePact),
  ];
  return lines.map(toLine).join('\n');
}

function describePact({ file, pact: { consumer, provider, interactions } }: PactDocument): string {
  const size = `interactions ${interactions.length}, bytes ${statSync(file).size}`;
  return `pact: ${file}, consumer ${consumer.name}, provider ${provider.name}, ${size}`;
}
