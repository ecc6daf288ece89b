import { rmSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the tests write their pact. `contract-kit contract` names a folder of its own. */
export const pactFolder: string =
  process.env.PACT_FOLDER ?? resolve(import.meta.dirname, '../../reports/pacts');

/**
 * Empties the folder before the first test. Pact merges into a file that is there, and would keep interactions that no
 * test writes any more.
 */
export default function emptyPactFolder(): void {
  rmSync(pactFolder, { recursive: true, force: true });
}
