import { verifyOnMock } from '../../verify/mock/verify-on-mock.ts';
import { openVerifier } from '../../verify/verifier/open-verifier.ts';
import type { Gate } from '../gate.ts';

/**
 * Pact and mock: Pact's verifier replays every interaction on a mock, which answers with the example of the provider
 * state. Findings: `pact.unknown-state`, `pact.refused-by-mock`.
 */
export const run: Gate['run'] = async (documents) => {
  await using verifier = openVerifier({ env: documents.tools?.env });
  // Awaited here: the verifier runs until this block ends.
  return await verifyOnMock(documents, verifier);
};
