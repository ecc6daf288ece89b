import { lifeSeconds } from './rules.ts';
import type { TokenStore } from './token-store.ts';

/**
 * Makes a JWT that `exchangeJwt` takes once. It is opaque, as for a client: it has no parts to read.
 */
export function issueJwt(tokens: TokenStore): string {
  return tokens.issue({ kind: 'one-time-jwt', lifeSeconds: lifeSeconds['one-time-jwt'] });
}
