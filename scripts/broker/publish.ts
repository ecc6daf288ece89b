import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Command, defineCommand, SetupError } from '../cli/command.ts';
import { configOption, loadProject, requireProject } from '../cli/config.ts';
import { type Finding, formatFinding } from '../cli/finding.ts';
import type { PactDocument } from '../pact/read-pact.ts';
import { type BrokerCall, callBroker, callEnvironment, callOptions } from './broker.ts';
import { findUncommitted, readBranch, readCommit } from './git.ts';

/** `publish`. Findings: `pact.unreadable`. */
export const command: Command = defineCommand({
  name: 'publish',
  synopsis: ['[options]', '--pact PATH [options]'],
  description: `Publishes pacts to a Pact Broker, with the Pact CLI. Their version is the commit they are in.`,
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
    config: configOption,
    ...callOptions,
  },
  environment: callEnvironment,
  exitCodes: {
    0: 'published',
    1: 'an unreadable pact, or the broker refused',
    2: 'wrong usage, a broken setup or no response from a broker',
  },
  run: async (options, context) => {
    const { pact = await findOwnPacts(options.config) } = options;
    const { listPacts } = await import('../pact/read-pact.ts');
    const files = listPacts(pact).map((file) => resolve(file));
    const { pacts, findings } = await readPacts(files);
    if (findings.length > 0) {
      context.stdout(findings.map(formatFinding).join('\n'));
      return 1;
    }
    const version = options.version ?? readVersion(files, options['dry-run'] ? context.stderr : refuse);
    const branch = options.branch ?? readBranch(folderOf(files), context.env);
    return callBroker(planCall(files, pacts, { version, branch }), options, context);
  },
});

async function findOwnPacts(configFile: string | undefined): Promise<string> {
  const need = 'publish needs the pact that your consumer tests write';
  return requireProject(await loadProject({ configFile }), need, 'publish --pact pacts').pacts;
}

function planCall(
  files: readonly string[],
  pacts: readonly PactDocument[],
  { version, branch }: { version: string; branch: string },
): BrokerCall {
  return {
    args: ['publish', ...files, '--consumer-app-version', version, '--branch', branch],
    details: [`version: ${version}`, `branch: ${branch}`, ...pacts.map(describePact)],
    // The broker chooses the words. The Pact CLI puts a check mark before them, one for each pact.
    isDone: (printed) => (printed.match(/^✅/gmu) ?? []).length >= pacts.length,
  };
}

async function readPacts(files: readonly string[]): Promise<{ pacts: PactDocument[]; findings: Finding[] }> {
  const { readPact } = await import('../pact/read-pact.ts');
  const readings = files.map(readPact);
  return {
    pacts: readings.flatMap(({ document }) => document ?? []),
    findings: readings.flatMap((reading) => reading.findings),
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

function describePact({ file, pact: { consumer, provider, interactions } }: PactDocument): string {
  const size = `interactions ${interactions.length}, bytes ${statSync(file).size}`;
  return `pact: ${file}, consumer ${consumer.name}, provider ${provider.name}, ${size}`;
}
