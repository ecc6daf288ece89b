import { existsSync, readFileSync } from 'node:fs';
import { describeDifference, firstDifference } from '../files/first-difference.ts';
import type { Finding } from '../finding.ts';
import { toolkitFile } from '../toolkit.ts';
import { pactFile } from './pact-file.ts';
import { runContractTests } from './run-contract-tests.ts';

/**
 * Holds the committed pact against the one that the consumer tests write, byte by byte.
 *
 * Findings: `pact.test-failed` for each failed test, `pact.stale` for a missing or different pact.
 */
export async function checkPact(): Promise<Finding[]> {
  const run = await runContractTests();
  if (run.pact === undefined) {
    return run.findings;
  }
  const path = toolkitFile(pactFile);
  if (!existsSync(path)) {
    return [stale('There is no pact.', 1)];
  }
  const difference = firstDifference(run.pact, readFileSync(path, 'utf8'));
  return difference === undefined
    ? []
    : [stale(`Differs from what the tests write: ${describeDifference(difference)}.`, difference.line)];
}

function stale(what: string, line: number): Finding {
  const message = `${what} Run npm run contract.`;
  return { code: 'pact.stale', severity: 'error', message, at: { file: pactFile, line, column: 1 } };
}
