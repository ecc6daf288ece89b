import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type CommandContext, type ExitCode, parseOptions, SetupError } from '../command.ts';
import { pactFile } from '../contract/pact-file.ts';
import { type Finding, formatFinding } from '../finding.ts';
import { listPacts } from '../pact/list-pacts.ts';
import type { PactDocument } from '../pact/read-pact.ts';
import { requireOwnRepository, toolkitFile } from '../toolkit.ts';
import { type BrokerCall, callBroker, callOptions, callUsage } from './call-broker.ts';
import { findUncommitted, readBranch, readCommit } from './read-git.ts';

/** The text of `publish --help`. */
export const usage: string = `Usage: nexudus-auth-contract publish --pact PATH [options]

Publishes pacts to a Pact Broker, with the Pact CLI. Their version is the commit that holds them. In this toolkit's
own repository, \`publish\` alone publishes its own pact.

Options:
  --pact PATH         your pact, or all pacts in a folder
  --branch NAME       their branch (default: git's, or in a detached HEAD that of GitHub Actions)
  --version NAME      their version, whatever git has (default: the commit)
${callUsage}

Exit code: 0 published, 1 an unreadable pact or the broker refused, 2 usage, setup or no broker answered.`;

/**
 * Publishes pacts, or prints what would be published. Findings: `pact.unreadable`.
 *
 * @throws {SetupError} for wrong usage, a pact that the commit does not hold, and when no broker answers
 */
export async function run(args: string[], context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(args, {
    pact: { type: 'string' },
    branch: { type: 'string' },
    version: { type: 'string' },
    ...callOptions,
  });
  if (options.pact === undefined) {
    requireOwnRepository('publish needs the pact that your consumer tests write', 'publish --pact pacts');
  }
  const { pact = toolkitFile(dirname(pactFile)) } = options;
  const files = listPacts(pact).map((file) => resolve(file));
  const { pacts, findings } = await readPacts(files);
  if (findings.length > 0) {
    context.stdout(findings.map(formatFinding).join('\n'));
    return 1;
  }
  const version = options.version ?? readVersion(files, options['dry-run'] ? context.stderr : refuse);
  const branch = options.branch ?? readBranch(folderOf(files), context.env);
  return callBroker(planCall(files, pacts, { version, branch }), options, context);
}

function planCall(
  files: readonly string[],
  pacts: readonly PactDocument[],
  { version, branch }: { version: string; branch: string },
): BrokerCall {
  return {
    args: ['publish', ...files, '--consumer-app-version', version, '--branch', branch],
    details: [`version: ${version}`, `branch: ${branch}`, ...pacts.map(describePact)],
    // The Pact CLI leaves the words to the broker, and puts the mark before them: once a pact.
    isDone: (printed) => (printed.match(/^✅/gmu) ?? []).length >= pacts.length,
  };
}

// What reads a pact is loaded late, so that help needs no other package.
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
      `${names.map((name) => join(folder, name)).join(', ')} is not what commit ${commit} holds, ` +
        'so that the version would name another content. Commit it, or name a version with --version.',
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
