import { existsSync, readFileSync } from 'node:fs';
import { describeDifference } from '../files/describe-difference.ts';
import { formatPath } from '../files/format-path.ts';
import type { Finding } from '../finding.ts';
import type { ToolSettings } from '../process/run-tool.ts';
import { toolkitFile } from '../toolkit.ts';
import { pactFile } from './pact-file.ts';
import { runContractTests } from './run-contract-tests.ts';

/**
 * Holds the committed pact against the one that the consumer tests write, byte by byte.
 *
 * Findings: `pact.test-failed` for each failed test, `pact.stale` for a missing or different pact.
 */
export async function checkPact(tools?: ToolSettings): Promise<Finding[]> {
  const { pact, findings } = await runContractTests(tools);
  return pact === undefined ? findings : comparePact(pact, toolkitFile(pactFile));
}

/**
 * Compares a pact file with the text that it should have. Findings: `pact.stale`, at the first line that differs.
 */
export function comparePact(expected: string, path: string): Finding[] {
  const difference = describeDifference(expected, existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  if (difference === undefined) {
    return [];
  }
  const message = `${difference.message} The consumer tests write it: run \`npm run contract\`.`;
  const at = { file: formatPath(path), line: difference.line, column: 1 };
  return [{ code: 'pact.stale', severity: 'error', message, at }];
}
