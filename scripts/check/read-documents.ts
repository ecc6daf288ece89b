import { pactFile } from '../contract/pact-file.ts';
import type { Finding } from '../finding.ts';
import { listPacts } from '../pact/list-pacts.ts';
import { readInteractions } from '../pact/read-interactions.ts';
import { type PactDocument, readPact } from '../pact/read-pact.ts';
import { readSpec, type Spec } from '../spec/read-spec.ts';
import { toolkitFile } from '../toolkit.ts';
import type { GateContext } from './gate.ts';
import { readBase } from './read-base.ts';

/** Where the documents are that gates hold against each other. */
export interface DocumentPlaces {
  spec: string;
  /** A pact or a folder of pacts. Default: the toolkit's own. */
  pact?: string | undefined;
  /** A file or a git ref. */
  base?: string | undefined;
}

/** The documents, or what is wrong with them. */
export type DocumentsReading =
  | { documents: Omit<GateContext, 'mock'>; findings: [] }
  | { documents: undefined; findings: Finding[] };

/**
 * Reads the documents that gates hold against each other.
 *
 * Findings: `spec.unreadable`, `pact.unreadable`, `pact.other-provider`, `pact.empty`.
 *
 * @throws {SetupError} for a file that is not there, and for a folder without pacts
 */
export async function readDocuments({ spec, pact, base }: DocumentPlaces): Promise<DocumentsReading> {
  const readings = await Promise.all([readSpec(spec), base === undefined ? undefined : readBase(base, spec)]);
  const [specReading, baseReading] = readings;
  const pactReadings = listPacts(pact ?? toolkitFile(pactFile)).map(readPact);
  const pacts = pactReadings.flatMap(({ document }) => document ?? []);
  const findings = [
    ...specReading.findings,
    ...(baseReading?.findings ?? []),
    ...pactReadings.flatMap((reading) => reading.findings),
    ...(pact === undefined || specReading.spec === undefined ? [] : findStrangers(specReading.spec, pacts)),
    ...findEmpty(pacts),
  ];
  if (specReading.spec === undefined || findings.length > 0) {
    return { documents: undefined, findings };
  }
  const documents = { spec: specReading.spec, pacts };
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
        'Name its own spec with --spec, or correct the name in the consumer tests.',
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
        'Found no HTTP interaction, expected at least one: there is nothing to check. Name another pact.',
      at: locate('#/interactions'),
    }));
}
