import { RequestProblem } from '../../http/message.ts';
import type { TokenKind } from '../sessions/rules.ts';
import type { IssuedToken, TokenEntry, TokenStore } from '../sessions/tokens.ts';
import { createShapeCheck } from './shape.ts';

/** The token that a caller wants. */
export interface TokenOrder {
  /** One that operations take or issue. */
  kind: string;
  /** Default: as `x-session` says, and else 15 minutes. */
  lifeSeconds?: number;
  client?: string;
  subject?: string;
}

/** The tokens of a simulation, as a person or a test watches and steers them. Errors are `RequestProblem`s. */
export interface TokenControl {
  /** What can be issued. */
  kinds: readonly string[];
  /** Lists the last 200 tokens, newest first, without their texts. */
  list: () => TokenEntry[];
  /**
   * Issues a token, which begins a family.
   *
   * @throws {Error} for a kind that no operation takes or issues
   */
  issue: (order: TokenOrder) => { id: string; token: string };
  /** Has a token expire now. @throws {Error} for an id that no token has */
  expire: (id: string) => void;
  /** Ends the life of a token, or of all tokens of its family. @throws {Error} for an id that no token has */
  revoke: (id: string, options?: { isWholeFamily?: boolean }) => void;
  /**
   * Issues a token of the kind that operations take and none issues.
   *
   * @throws {Error} where the spec has no such kind
   */
  issueJwt: () => string;
}

/**
 * Makes the control of tokens.
 *
 * @param listKinds lists those that the document has
 */
export function createTokenControl(listKinds: () => readonly TokenKind[], tokens: TokenStore): TokenControl {
  const issue: TokenControl['issue'] = ({ kind, ...further }) => {
    const kinds = listKinds();
    const known = kinds.find((one) => one.kind === kind);
    if (known === undefined) {
      const expected =
        kinds.length === 0 ? 'x-session in the spec' : kinds.map((one) => one.kind).join(' or ');
      throw new RequestProblem(422, `Cannot issue a token: kind is "${kind}", expected ${expected}.`);
    }
    const token = tokens.issue({ kind, lifeSeconds: known.lifeSeconds, ...further });
    return { id: tokens.find(token)?.id ?? '', token };
  };
  return {
    get kinds() {
      return listKinds().map(({ kind }) => kind);
    },
    list: () => tokens.list(),
    issue,
    expire: (id) => tokens.expire(requireToken(tokens, id)),
    revoke: (id, { isWholeFamily = false } = {}) => {
      const token = requireToken(tokens, id);
      tokens.end(token, 'revoked');
      if (isWholeFamily) {
        tokens.revokeFamily(token.family);
      }
    },
    issueJwt: () => {
      const outside = listKinds().find(({ isOutside }) => isOutside);
      if (outside === undefined) {
        throw new RequestProblem(
          422,
          'Cannot issue a token: no operation of the spec takes one in x-session that no other operation issues.',
        );
      }
      return issue({ kind: outside.kind }).token;
    },
  };
}

function requireToken(tokens: TokenStore, id: string): IssuedToken {
  const token = tokens.get(id);
  if (token === undefined) {
    throw new RequestProblem(
      404,
      `There is no token ${JSON.stringify(id)}, or it is forgotten. List the tokens there are.`,
    );
  }
  return token;
}

const id = { type: 'string', description: 'the id of a token' };
const text = { type: 'string', minLength: 1, description: 'a text that is not empty' };

/** Reads the token that a caller wants. @throws {RequestProblem} 422 for another shape */
export const readTokenOrder: (value: unknown) => TokenOrder = createShapeCheck('issue a token', {
  properties: {
    kind: text,
    lifeSeconds: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 1e10,
      description: 'a number of seconds above 0',
    },
    client: text,
    subject: text,
  },
  required: ['kind'],
});

/** Reads the token that a caller wants to expire. @throws {RequestProblem} 422 for another shape */
export const readExpiry: (value: unknown) => { id: string } = createShapeCheck('expire a token', {
  properties: { id },
  required: ['id'],
});
