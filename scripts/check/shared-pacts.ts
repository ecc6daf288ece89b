// Pacts that are not in a folder of the working directory: those of a broker, and those of a git ref.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommittedFile, copyPacts } from '../broker/git.ts';
import {
  type BrokerPact,
  type BrokerPacts,
  type FetchSettings,
  fetchPacts,
  placeAtBroker,
  type Verification,
} from '../broker/verification.ts';
import { type CommandContext, type ExitCode, SetupError } from '../cli/command.ts';
import { type Finding, formatFinding, formatPath, toLine } from '../cli/finding.ts';
import { type ReadSettings, readSpec } from '../openapi/read-spec.ts';
import type { GateResult } from './gates/gate.ts';
import { type CheckReport, listFindings, listProblems } from './report/report.ts';

/** Checks the pacts of a folder against the spec. */
export type CheckFolder = (folder: string) => Promise<CheckReport>;

/** Who is checked, and what for. */
export interface BrokerCheck {
  options: FetchSettings['options'];
  specFile: string;
  /** How the spec is read. */
  settings?: ReadSettings;
  /** The name of the provider. Default: that of the spec. */
  provider: string | undefined;
  /** Whether a gate with these findings has failed. */
  fails: (findings: readonly Finding[]) => boolean;
}

/**
 * Checks the pacts that a broker has for the provider of a spec. With `--publish`, publishes the result of each pact as
 * its verification. What a pending pact breaks is a warning.
 *
 * @throws {SetupError} when there is no pact to check, and when the broker does not take the results
 */
export async function checkBrokerPacts(
  { options, specFile, settings, provider: given, fails }: BrokerCheck,
  context: CommandContext,
  checkFolder: CheckFolder,
): Promise<CheckReport> {
  const reading = given === undefined ? await readProvider(specFile, settings) : { provider: given };
  if (reading.provider === undefined) {
    return { results: [], findings: reading.findings, durationMs: 0 };
  }
  const { provider } = reading;
  using fetched = await fetchPacts({ options, provider, subject: specFile }, context);
  const start = performance.now();
  const readable = fetched.pacts.filter(({ findings }) => findings.length === 0);
  const report = await checkFiles(readable, checkFolder);
  const verifications = fetched.pacts.map((pact) => toVerification(pact, report));
  const reason = findObstacle(report);
  if (reason === undefined) {
    await fetched.publish(verifications);
  } else if (options.publish) {
    context.stderr(`Nothing is published: ${reason}.`);
  }
  return { ...toBrokerReport(report, fetched, fails), durationMs: performance.now() - start };
}

type ProviderReading = { provider: string } | { provider: undefined; findings: Finding[] };

async function readProvider(specFile: string, settings?: ReadSettings): Promise<ProviderReading> {
  const { spec, findings } = await readSpec(specFile, settings);
  if (spec === undefined) {
    return { provider: undefined, findings };
  }
  const name = (spec.document.info as { 'x-pact-provider'?: unknown })['x-pact-provider'];
  if (typeof name !== 'string') {
    throw new SetupError(
      'check --pact-broker needs the name of the provider, as the broker knows it. Add `provider` to contract.config.ts, ' +
        'or `x-pact-provider` to the `info` of the spec.',
    );
  }
  return { provider: name };
}

async function checkFiles(pacts: readonly BrokerPact[], checkFolder: CheckFolder): Promise<CheckReport> {
  const [first] = pacts;
  return first === undefined
    ? { results: [], findings: [], durationMs: 0 }
    : checkFolder(join(first.file, '..'));
}

function findObstacle({ results, findings }: CheckReport): string | undefined {
  if (findings.length > 0 && results.every(({ verdict }) => verdict === 'not run')) {
    return 'the documents could not be checked';
  }
  const incomplete = results.find(({ verdict }) => verdict === 'broken' || verdict === 'not run');
  return incomplete && `the gate ${incomplete.gate.name} is ${incomplete.verdict}`;
}

function toVerification(pact: BrokerPact, report: CheckReport): Verification {
  const file = formatPath(pact.file);
  const findings = [...pact.findings, ...listFindings(report).filter(({ at }) => at.file === file)];
  return { pact, findings, isSuccess: findings.every(({ severity }) => severity !== 'error') };
}

function toBrokerReport(
  { results, findings, ...report }: CheckReport,
  { pacts, mask }: BrokerPacts,
  fails: BrokerCheck['fails'],
): Omit<CheckReport, 'durationMs'> {
  const byFile = new Map(pacts.map((pact) => [formatPath(pact.file), pact]));
  const place = (finding: Finding): Finding => {
    const pact = byFile.get(finding.at.file);
    return pact === undefined ? finding : placeAtBroker({ ...finding, message: mask(finding.message) }, pact);
  };
  const placeAll = (result: GateResult): GateResult => {
    const counted = result.findings.filter(({ at }) => byFile.get(at.file)?.isPending !== true);
    const verdict = result.verdict === 'failed' && !fails(counted) ? 'passed' : result.verdict;
    return { ...result, verdict, findings: result.findings.map(place) };
  };
  return {
    ...report,
    results: results.map(placeAll),
    findings: [...pacts.flatMap((pact) => pact.findings), ...findings].map(place),
  };
}

/**
 * Checks the spec of a provider against the pacts of git refs, and prints for each ref whether they work together.
 *
 * @param places such as `origin/main:contracts/pacts`
 * @throws {SetupError} when git has no such pacts
 */
export async function checkCommittedPacts(
  places: readonly string[],
  { stdout }: CommandContext,
  checkFolder: CheckFolder,
): Promise<ExitCode> {
  const target = mkdtempSync(join(tmpdir(), 'contract-kit-pacts-'));
  const exitCodes: ExitCode[] = [];
  try {
    for (const [index, place] of places.entries()) {
      const folder = join(target, String(index));
      const { commit, files } = copyPacts(place, folder);
      const report = await checkFolder(folder);
      const { verdict, reason } = decide(report, files.length);
      const findings = listFindings(report).map((finding) => placeInRef(finding, files, place));
      const problems = listProblems(report).map(({ gate, problem }) => `${gate}: ${problem}`);
      const lines = [
        ...findings.map(formatFinding),
        ...problems,
        `${verdict}: ${place} (${commit}): ${reason}`,
      ];
      stdout(lines.map(toLine).join('\n'));
      exitCodes.push(verdict === 'yes' ? 0 : problems.length > 0 ? 2 : 1);
    }
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
  return Math.max(...exitCodes) as ExitCode;
}

function decide(report: CheckReport, count: number): { verdict: 'yes' | 'no' | 'unknown'; reason: string } {
  const pacts = count === 1 ? 'its pact' : `its ${count} pacts`;
  const errors = listFindings(report).filter(({ severity }) => severity === 'error');
  if (listProblems(report).length > 0) {
    return { verdict: 'unknown', reason: `${pacts} could not be checked against the spec` };
  }
  if (errors.some(({ code }) => code === 'pact.unchecked')) {
    return { verdict: 'unknown', reason: `an interaction of ${pacts} could not be checked` };
  }
  return errors.length > 0
    ? { verdict: 'no', reason: `the spec does not work with ${pacts}` }
    : { verdict: 'yes', reason: `the spec works with ${pacts}` };
}

function placeInRef(finding: Finding, files: readonly CommittedFile[], place: string): Finding {
  const found = files.find(({ file }) => formatPath(file) === finding.at.file);
  const [ref = ''] = place.split(':');
  return found === undefined ? finding : { ...finding, at: { ...finding.at, file: `${ref}:${found.name}` } };
}
