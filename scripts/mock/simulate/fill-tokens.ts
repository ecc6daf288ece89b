import { readClientId, type SimulationInput } from './read-input.ts';
import { lifeSeconds, type SimulationRule } from './rules.ts';
import type { TokenStore } from './token-store.ts';

/**
 * Puts fresh tokens into the body of an answer. All else stays as it is, but for `expires_in` where the request says
 * how long the access token lives.
 *
 * @param customer who signs in, where one is known. One refresh token lives for each `client_id`, and for each customer
 *   of it, which is inferred. A JWT names no customer: what comes of it ends no other refresh token.
 */
export function fillTokens(
  body: Record<string, unknown>,
  tokens: TokenStore,
  rule: SimulationRule,
  input: SimulationInput,
  customer: string | undefined,
): Record<string, unknown> {
  const asked = rule.lifeFrom === undefined ? undefined : toSeconds(input.query[rule.lifeFrom]);
  const filled = asked === undefined ? body : { ...body, expires_in: asked };
  const clientId = readClientId(input);
  const owner = customer === undefined ? undefined : JSON.stringify([customer, clientId]);
  const fresh = Object.entries(rule.issues).map(([name, kind]) => {
    const life = kind === 'access-token' ? Number(filled.expires_in) : lifeSeconds[kind];
    const belongs = kind === 'refresh-token' ? { clientId, customer, owner } : {};
    return [name, tokens.issue({ kind, lifeSeconds: life, ...belongs })];
  });
  return { ...filled, ...Object.fromEntries(fresh) };
}

// The spec has a number of minutes, and an integer of seconds in the answer.
function toSeconds(minutes = ''): number | undefined {
  const seconds = Math.round(Number(minutes) * 60);
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}
