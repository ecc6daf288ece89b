import * as comparatorPackage from '@pactflow/openapi-pact-comparator';
import type { Finding } from '../../finding.ts';
import { formatPlace } from '../../finding.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import type { Spec } from '../../spec/read-spec.ts';
import { toPointer } from '../../spec/to-pointer.ts';
import type { Gate } from '../gate.ts';

/** A result of openapi-pact-comparator, as far as it is read. Its package ships types that do not resolve. */
interface Comparison {
  type: 'error' | 'warning' | 'info';
  code: string;
  message: string;
  mockDetails?: { interactionDescription?: string; location: string };
  specDetails?: { location: string };
}

const { Comparator } = comparatorPackage as unknown as {
  Comparator: new (options: { oas: object }) => { compare: (pact: object) => AsyncIterable<Comparison> };
};

/** Pact and spec: openapi-pact-comparator, whose warnings fail too. Findings: `pact.breaks-spec`. */
export const pactAgainstSpec: Gate = {
  name: 'pact-against-spec',
  subject: 'pact',
  standard: 'spec',
  run: async ({ spec, pacts }) => {
    const findings = await Promise.all(pacts.map((pact) => comparePact(pact, spec)));
    return findings.flat();
  },
};

async function comparePact(pact: PactDocument, spec: Spec): Promise<Finding[]> {
  // Both are copied: the comparator writes into what it is given.
  const comparator = new Comparator({ oas: structuredClone(spec.document) });
  const findings: Finding[] = [];
  for await (const result of comparator.compare(structuredClone(pact.pact))) {
    if (result.type !== 'info') {
      findings.push(toFinding(result, pact, spec));
    }
  }
  return findings;
}

function toFinding(
  { message, code, mockDetails, specDetails }: Comparison,
  pact: PactDocument,
  spec: Spec,
): Finding {
  const interaction = mockDetails?.interactionDescription ?? 'The pact';
  const specPlace = specDetails && spec.locate(readLocation(specDetails.location));
  const where = specPlace === undefined ? '' : `, see ${formatPlace(specPlace)}`;
  return {
    code: 'pact.breaks-spec',
    severity: 'error',
    message: `"${interaction}": ${message} (${code}${where})`,
    at: pact.locate(readLocation(mockDetails?.location ?? '')),
  };
}

// The comparator names places as `[root].interactions[0].request.body`, with keys that can hold dots in brackets.
function readLocation(location: string): string {
  const keys = location.replace('[root]', '').match(/\[[^\]]*\]|[^.[\]]+/g) ?? [];
  return toPointer(keys.map((key) => key.replaceAll(/^\[|\]$/g, '')));
}
