import { checkPact } from '../../contract/check-pact.ts';
import type { Gate } from '../gate.ts';

/**
 * Client and pact: the consumer tests run from an empty folder, and their pact is compared byte by byte.
 * Findings: `pact.test-failed`, `pact.stale`.
 */
export const run: Gate['run'] = ({ tools }) => checkPact(tools);
