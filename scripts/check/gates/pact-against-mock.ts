import { openVerifier } from '../../pact/verifier/verifier.ts';
import { verifyOnMock } from '../pact-on-mock/verify.ts';
import type { Gate } from './gate.ts';

/**
 * Pact against mock: Pact's verifier replays every interaction on a mock, which returns the example of the provider
 * state. Findings: `pact.unknown-state`, `pact.refused-by-mock`.
 */
export const run: Gate['run'] = async (documents) => {
  await using verifier = openVerifier({ env: documents.tools?.env });
  // Awaited here: the verifier runs until this block ends.
  return await verifyOnMock(documents, verifier);
};
