import type { Gate } from '../gate.ts';
import { checkCredentials } from '../rules/check-credentials.ts';
import { checkPath } from '../rules/check-path.ts';
import { checkRequest } from '../rules/check-request.ts';
import { checkResponse } from '../rules/check-response.ts';
import { type Check, checkInteractions } from '../rules/remark-findings.ts';

const checks: readonly Check[] = [
  ['pact.wrong-credentials', checkCredentials],
  ['pact.sends-invalid', checkPath],
  ['pact.sends-invalid', checkRequest],
  ['pact.expects-too-much', checkResponse],
];

/**
 * Pact and spec, as openapi-pact-comparator can't see them: matching rules, what the consumer relies on, credentials
 * both ways, and requests that are to be refused. Findings: `pact.wrong-credentials`, `pact.sends-invalid`,
 * `pact.expects-too-much`.
 */
export const run: Gate['run'] = async ({ spec, pacts }) => checkInteractions(spec, pacts, checks);
