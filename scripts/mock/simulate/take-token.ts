import { readToken, type SimulationInput } from './read-input.ts';
import type { SimulationRule } from './rules.ts';
import type { TokenStore } from './token-store.ts';

/**
 * Takes what an operation needs from a request, and spends a token that works once.
 *
 * @returns the customer whom it names, where it names one; nothing where it has not what the operation needs
 */
export function takeToken(
  tokens: TokenStore,
  { takes, secondFactor }: SimulationRule,
  input: SimulationInput,
): { customer: string | undefined } | undefined {
  if (secondFactor !== undefined && isCodeWrong(secondFactor, input)) {
    return undefined;
  }
  if (takes === undefined) {
    return { customer: input.form.username };
  }
  const token = readToken(input, takes.from);
  const issued = tokens.find(takes.kind, token);
  if (issued === undefined || (takes.kind === 'refresh-token' && !isClientRight(issued.clientId, input))) {
    return undefined;
  }
  if (takes.isSpent) {
    tokens.spend(token);
  }
  return { customer: issued.customer };
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
