import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { SetupError } from '../cli/command.ts';
import type { Project } from '../cli/config.ts';
import { type Finding, isUrl } from '../cli/finding.ts';
import { type ReadSettings, readSpec, type Spec, type SpecReading } from '../openapi/read-spec.ts';
import { readInteractions } from '../pact/interactions.ts';
import { listPacts, type PactDocument, readPact } from '../pact/read-pact.ts';
import type { GateContext } from './gates/gate.ts';
import { rateSeverity } from './ratings.ts';

// For one file, as for a file on disk.
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
  /** The provider's name in the pacts. Default: that of the config, or the spec's `x-pact-provider`. */
  provider?: string | undefined;
}

/** The documents and the warnings about them, or all findings where some are errors. */
export type DocumentsReading =
  | { documents: Omit<GateContext, 'mock'>; findings: Finding[] }
  | { documents: undefined; findings: Finding[] };

/**
 * Reads the documents that gates check.
 *
 * Findings: `spec.unreadable`, `pact.unreadable`, `pact.other-provider`, `pact.empty`.
 *
 * @param project whose provider, states and severities count
 * @throws {SetupError} for a file that is not there, and for a folder without pacts
 */
export async function readDocuments(
  { spec, pact, base, provider, settings }: DocumentPlaces,
  project?: Project,
): Promise<DocumentsReading> {
  const readings = await Promise.all([
    readSpec(spec, settings),
    base === undefined ? undefined : readBase(base, spec, settings),
  ]);
  const [specReading, baseReading] = readings;
  const pactReadings = (pact === undefined ? [] : listPacts(pact)).map(readPact);
  const pacts = pactReadings.flatMap(({ document }) => document ?? []);
  const expected = provider ?? project?.config.provider ?? nameProvider(specReading.spec);
  const found = [
    // Warnings about a spec that is read are those of its gate.
    ...(specReading.spec === undefined ? specReading.findings : []),
    // A released version cannot be changed.
    ...(baseReading?.spec === undefined ? (baseReading?.findings ?? []) : []),
    ...pactReadings.flatMap((reading) => reading.findings),
    ...findStrangers(expected, pacts),
    ...findEmpty(pacts),
  ];
  const findings = found.flatMap((finding) => rateSeverity(finding, project) ?? []);
  const isRead =
    pacts.length === pactReadings.length && (base === undefined || baseReading?.spec !== undefined);
  if (specReading.spec === undefined || !isRead || findings.some(({ severity }) => severity === 'error')) {
    return { documents: undefined, findings };
  }
  const { states = {} } = project?.config ?? {};
  const documents = {
    spec: specReading.spec,
    warnings: specReading.findings,
    pacts: pacts.map((one) => renameStates(one, states)),
  };
  return {
    documents: baseReading?.spec === undefined ? documents : { ...documents, base: baseReading.spec },
    findings,
  };
}

// The spec has its own names for states that many consumers describe, each in its words.
function renameStates(document: PactDocument, names: Readonly<Record<string, string>>): PactDocument {
  const rename = (name: string): string => (Object.hasOwn(names, name) ? (names[name] ?? name) : name);
  const interactions = document.pact.interactions.map((interaction) => ({
    ...interaction,
    ...(interaction.providerState === undefined ? {} : { providerState: rename(interaction.providerState) }),
    ...(interaction.providerStates === undefined
      ? {}
      : {
          providerStates: interaction.providerStates.map((state) => ({ ...state, name: rename(state.name) })),
        }),
  }));
  return { ...document, pact: { ...document.pact, interactions } };
}

function nameProvider(spec: Spec | undefined): string | undefined {
  const name = (spec?.document.info as { 'x-pact-provider'?: unknown } | undefined)?.['x-pact-provider'];
  return typeof name === 'string' ? name : undefined;
}

/**
 * Finds pacts that were made with another provider than the one that is named. Without a name, a spec is taken for any
 * provider's.
 */
function findStrangers(expected: string | undefined, pacts: readonly PactDocument[]): Finding[] {
  return pacts
    .filter(({ pact }) => expected !== undefined && pact.provider.name !== expected)
    .map(({ pact, locate }) => ({
      code: 'pact.other-provider',
      severity: 'error',
      message:
        `Found a pact with the provider "${pact.provider.name}", expected "${expected}". Pass the spec of that ` +
        'provider with --spec, name this one with --provider, or correct the name in the consumer tests.',
      at: locate('#/provider/name'),
    }));
}

// One of several may well be of messages alone.
function findEmpty(pacts: readonly PactDocument[]): Finding[] {
  const empty = pacts.filter(({ pact }) => readInteractions(pact).length === 0);
  const severity = empty.length < pacts.length ? 'warning' : 'error';
  return empty.map(({ locate }) => ({
    code: 'pact.empty',
    severity,
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
        // A part that is missing is a finding, as on disk.
        throw path === file
          ? explainBase(ref, specFile, cause)
          : Object.assign(new Error(), { code: 'ENOENT' });
      }
    },
  });
}

function showFile(ref: string, folder: string, path: string): string {
  // After --end-of-options, a ref that begins with a dash is not an option.
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
