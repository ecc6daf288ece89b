import { checkPact } from '../../contract/run.ts';
import { type Gate, requireProject } from './gate.ts';

/**
 * Pact against client: runs the consumer tests from an empty folder and compares their pact byte by byte.
 * Findings: `pact.test-failed`, `pact.stale`.
 */
export const run: Gate['run'] = async (context) => checkPact(requireProject(context), context.tools);
