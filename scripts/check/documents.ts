import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { SetupError } from '../cli/command.ts';
import { type Finding, isUrl } from '../cli/finding.ts';
import { type ReadSettings, readSpec, type Spec, type SpecReading } from '../openapi/read-spec.ts';
import { readInteractions } from '../pact/interactions.ts';
import { listPacts, type PactDocument, readPact } from '../pact/read-pact.ts';
import type { GateContext } from './gates/gate.ts';

// Of one file, as for a file on disk.
const maxFileBytes = 50 * 1024 * 1024;

/** Where the documents are that gates check. */
export interface DocumentPlaces {
  /** A path or a URL. */
  spec: string;
  /** How the spec and its earlier version are read. */
  settings?: ReadSettings | undefined;
  /** A pact or a folder of pacts. Default: none, and no gate that needs them is run. */
  pact?: string | undefined;
  /** A file, a URL or a git ref. */
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
export async function readDocuments({
  spec,
  pact,
  base,
  settings,
}: DocumentPlaces): Promise<DocumentsReading> {
  const readings = await Promise.all([
    readSpec(spec, settings),
    base === undefined ? undefined : readBase(base, spec, settings),
  ]);
  const [specReading, baseReading] = readings;
  const pactReadings = (pact === undefined ? [] : listPacts(pact)).map(readPact);
  const pacts = pactReadings.flatMap(({ document }) => document ?? []);
  const findings = [
    ...specReading.findings,
    // Nobody can change what is released.
    ...(baseReading?.spec === undefined ? (baseReading?.findings ?? []) : []),
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
 * @param place a file, a URL, or a git ref such as `origin/main` or `v1.2.0`
 * @throws {SetupError} when neither is there
 */
export async function readBase(
  place: string,
  specFile: string,
  settings: ReadSettings = {},
): Promise<SpecReading> {
  return isUrl(place) || existsSync(place) ? readSpec(place, settings) : readRef(place, specFile, settings);
}

// Each file that the spec refers to is read at that ref, too.
function readRef(ref: string, specFile: string, settings: ReadSettings): Promise<SpecReading> {
  if (isUrl(specFile)) {
    throw new SetupError(
      `--base is "${ref}", and there is no such file. The spec ${specFile} is a URL: pass a file or a URL to compare it with.`,
    );
  }
  const file = resolve(specFile);
  return readSpec(specFile, {
    ...settings,
    readEarlier: (path) => {
      try {
        return showFile(ref, dirname(file), path);
      } catch (cause) {
        throw path === file ? explainBase(ref, specFile, cause) : cause;
      }
    },
  });
}

function showFile(ref: string, folder: string, path: string): string {
  // After --end-of-options, a ref that begins with a dash is no option.
  const args = ['show', '--end-of-options', `${ref}:./${relative(folder, path).split(sep).join('/')}`];
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
    timeout: 60_000,
    maxBuffer: maxFileBytes,
  });
}

function explainBase(ref: string, specFile: string, cause: unknown): SetupError {
  const reason = String((cause as { stderr?: unknown }).stderr ?? cause).trim();
  return new SetupError(
    `Cannot read --base "${ref}": there is no such file, and git has no ${specFile} at that ref (${reason}). ` +
      'Pass a file, or a git ref that has the spec.',
    { cause },
  );
}
