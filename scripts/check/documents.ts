import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { SetupError } from '../cli/command.ts';
import type { Finding } from '../cli/finding.ts';
import { readSpec, type Spec, type SpecReading } from '../openapi/read-spec.ts';
import { readInteractions } from '../pact/interactions.ts';
import { listPacts, type PactDocument, readPact } from '../pact/read-pact.ts';
import type { GateContext } from './gates/gate.ts';

/** Where the documents are that gates check. */
export interface DocumentPlaces {
  spec: string;
  /** A pact or a folder of pacts. Default: none, and no gate that needs them is run. */
  pact?: string | undefined;
  /** A file or a git ref. */
  base?: string | undefined;
}

/** The documents, or the findings in them. */
export type DocumentsReading =
  | { documents: Omit<GateContext, 'mock'>; findings: [] }
  | { documents: undefined; findings: Finding[] };

/**
 * Reads the documents that gates check.
 *
 * Findings: `spec.unreadable`, `pact.unreadable`, `pact.other-provider`, `pact.empty`.
 *
 * @throws {SetupError} for a file that is not there, and for a folder without pacts
 */
export async function readDocuments({ spec, pact, base }: DocumentPlaces): Promise<DocumentsReading> {
  const readings = await Promise.all([readSpec(spec), base === undefined ? undefined : readBase(base, spec)]);
  const [specReading, baseReading] = readings;
  const pactReadings = (pact === undefined ? [] : listPacts(pact)).map(readPact);
  const pacts = pactReadings.flatMap(({ document }) => document ?? []);
  const findings = [
    ...specReading.findings,
    ...(baseReading?.findings ?? []),
    ...pactReadings.flatMap((reading) => reading.findings),
    ...(specReading.spec === undefined ? [] : findStrangers(specReading.spec, pacts)),
    ...findEmpty(pacts),
  ];
  if (specReading.spec === undefined || findings.some(({ severity }) => severity === 'error')) {
    return { documents: undefined, findings };
  }
  const documents = { spec: specReading.spec, warnings: specReading.findings, pacts };
  return {
    documents: baseReading?.spec === undefined ? documents : { ...documents, base: baseReading.spec },
    findings: [],
  };
}

/**
 * Finds pacts that were made with another provider than the spec's. Its name is the spec's `x-pact-provider`; a
 * spec that has none is taken for any provider's.
 */
function findStrangers({ document }: Spec, pacts: readonly PactDocument[]): Finding[] {
  const expected = (document.info as { 'x-pact-provider'?: unknown })['x-pact-provider'];
  return pacts
    .filter(({ pact }) => typeof expected === 'string' && pact.provider.name !== expected)
    .map(({ pact, locate }) => ({
      code: 'pact.other-provider',
      severity: 'error',
      message:
        `Found a pact with the provider "${pact.provider.name}", expected "${String(expected)}". ` +
        'Pass the spec of that provider with --spec, or correct the name in the consumer tests.',
      at: locate('#/provider/name'),
    }));
}

function findEmpty(pacts: readonly PactDocument[]): Finding[] {
  return pacts
    .filter(({ pact }) => readInteractions(pact).length === 0)
    .map(({ locate }) => ({
      code: 'pact.empty',
      severity: 'error',
      message:
        'Found no HTTP interaction, expected at least one: there is nothing to check. Pass another pact with --pact.',
      at: locate('#/interactions'),
    }));
}

/**
 * Reads an earlier version of a spec: a file, or the spec itself as a git ref has it.
 *
 * @param place a file, or a git ref such as `origin/main` or `v1.2.0`
 * @throws {SetupError} when neither is there
 */
export async function readBase(place: string, specFile: string): Promise<SpecReading> {
  return existsSync(place) ? readSpec(place) : readRef(place, specFile);
}

async function readRef(ref: string, specFile: string): Promise<SpecReading> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-kit-base-'));
  try {
    const file = join(folder, basename(specFile));
    writeFileSync(file, showFile(ref, specFile));
    return await readSpec(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function showFile(ref: string, specFile: string): string {
  try {
    // After --end-of-options, a ref that begins with a dash is no option.
    const args = ['show', '--end-of-options', `${ref}:./${basename(specFile)}`];
    return execFileSync('git', args, {
      cwd: dirname(specFile),
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 60_000,
    });
  } catch (cause) {
    const reason = String((cause as { stderr?: unknown }).stderr ?? cause).trim();
    throw new SetupError(
      `Cannot read --base "${ref}": there is no such file, and git has no ${specFile} at that ref (${reason}). ` +
        'Pass a file, or a git ref that has the spec.',
      { cause },
    );
  }
}
