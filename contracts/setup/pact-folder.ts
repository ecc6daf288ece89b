import { rmSync } from 'node:fs';

/** Where the tests write their pact. The committed one is in `contracts/pacts`; `npm run contract` renews it. */
export const pactFolder: string = process.env.PACT_FOLDER ?? 'reports/pacts';

/**
 * Empties the pact folder before the first test, as vitest's global set-up: Pact merges into a file that is
 * there, and an interaction that no test writes any more would live on.
 */
export default function emptyPactFolder(): void {
  rmSync(pactFolder, { recursive: true, force: true });
}
