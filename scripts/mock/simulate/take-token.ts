import { readToken, type SimulationInput } from './read-input.ts';
import type { SimulationRule } from './rules.ts';
import type { TokenStore } from './token-store.ts';

/**
 * Tells whether a request has what its operation needs, and spends a token that works once.
 */
export function takeToken(
  tokens: TokenStore,
  { takes, secondFactor }: SimulationRule,
  input: SimulationInput,
): boolean {
  if (secondFactor !== undefined && isCodeWrong(secondFactor, input)) {
    return false;
  }
  if (takes === undefined) {
    return true;
  }
  const token = readToken(input, takes.from);
  const issued = tokens.find(takes.kind, token);
  if (issued === undefined || (takes.kind === 'refresh-token' && !isClientRight(issued.clientId, input))) {
    return false;
  }
  if (takes.isSpent) {
    tokens.spend(token);
  }
  return true;
}

function isCodeWrong(
  { username, totp }: { username: string; totp: string },
  { form }: SimulationInput,
): boolean {
  return form.username === username && form.totp !== totp;
}

// Which client a token of `exchangeJwt` belongs to is not documented: here, the one that names itself first.
function isClientRight(expected: string | undefined, { headers }: SimulationInput): boolean {
  const { client_id: clientId } = headers;
  return clientId !== undefined && (expected === undefined || expected === clientId);
}
