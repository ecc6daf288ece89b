import { RequestProblem } from '../../http/message.ts';
import type { Control } from './control.ts';
import { createShapeCheck } from './shape.ts';

const checkOrder = createShapeCheck<{ kind: string; lifeSeconds?: number; client?: string }>(
  'issue a token',
  {
    required: ['kind'],
    properties: {
      kind: { type: 'string', description: 'the kind of a token in x-session' },
      lifeSeconds: {
        type: 'integer',
        minimum: 1,
        maximum: 31_536_000,
        description: 'whole seconds from 1 to 31536000',
      },
      client: { type: 'string', minLength: 1, description: 'the client that it belongs to' },
    },
  },
);

const checkId = createShapeCheck<{ id: string }>('expire a token', {
  required: ['id'],
  properties: { id: { type: 'string', description: 'the id of a token, as the list has it' } },
});

const defaultLifeSeconds = 15 * 60;

/**
 * Issues a token as a caller wants it: `{ kind, lifeSeconds, client }`.
 *
 * @throws {RequestProblem} 422 for another shape, 404 for a kind that the spec does not know
 */
export function issueToken({ kinds, tokens }: Pick<Control, 'kinds' | 'tokens'>, value: unknown): string {
  const { lifeSeconds = defaultLifeSeconds, ...order } = checkOrder(value);
  const known = kinds();
  if (!known.includes(order.kind)) {
    const has = known.length === 0 ? 'has no x-session' : `has these: ${known.join(', ')}`;
    throw new RequestProblem(404, `Cannot issue a token of the kind "${order.kind}": the spec ${has}.`);
  }
  return tokens.issue({ ...order, lifeSeconds });
}

/**
 * Reads which token is meant.
 *
 * @throws {RequestProblem} 422 for another shape
 */
export function readTokenId(value: unknown): string {
  return checkId(value).id;
}
