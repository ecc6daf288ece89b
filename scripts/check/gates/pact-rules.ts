import { checkCredentials, checkRequest } from '../rules/request.ts';
import { checkPath } from '../rules/request-values.ts';
import { checkResponse } from '../rules/response.ts';
import { type Check, checkInteractions } from '../rules/rules.ts';
import type { Gate } from './gate.ts';

const checks: readonly Check[] = [
  ['pact.wrong-credentials', checkCredentials],
  ['pact.sends-invalid', checkPath],
  ['pact.sends-invalid', checkRequest],
  ['pact.expects-too-much', checkResponse],
];

/**
 * Pact against spec, for what openapi-pact-comparator does not check: matching rules, what the consumer relies on,
 * credentials, and requests that expect a refusal. Findings: `pact.wrong-credentials`, `pact.sends-invalid`,
 * `pact.expects-too-much`.
 */
export const run: Gate['run'] = async ({ spec, pacts }) => checkInteractions(spec, pacts, checks);
