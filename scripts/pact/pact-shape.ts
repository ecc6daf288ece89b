import { Ajv2020 } from 'ajv/dist/2020.js';
import { ifThen } from '../spec/if-then.ts';

const named = { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 1 } } };
const texts = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };
const message = {
  headers: { type: 'object', additionalProperties: texts },
  matchingRules: { type: 'object' },
};
const http = {
  required: ['request', 'response'],
  properties: {
    request: {
      type: 'object',
      required: ['method', 'path'],
      properties: {
        ...message,
        method: { type: 'string' },
        path: { type: 'string', pattern: '^/' },
        query: { anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: texts }] },
      },
    },
    response: {
      type: 'object',
      required: ['status'],
      properties: { ...message, status: { type: 'integer', minimum: 100, maximum: 599 } },
    },
  },
};

/**
 * The shape of a Pact file of version 2, 3 or 4, as far as the gates read it.
 *
 * @see https://github.com/pact-foundation/pact-specification
 */
const shape = {
  type: 'object',
  required: ['consumer', 'provider', 'interactions'],
  properties: {
    consumer: named,
    provider: named,
    interactions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['description'],
        properties: {
          description: { type: 'string' },
          providerState: { type: 'string' },
          providerStates: { type: 'array', items: named },
        },
        ...ifThen({ properties: { type: { const: 'Synchronous/HTTP' } } }, http),
      },
    },
  },
};

const validate = new Ajv2020({ strict: false }).compile(shape);

/**
 * Says what keeps a JSON value from being a Pact file, and where, or gives `undefined`.
 */
export function findShapeProblem(value: unknown): { message: string; pointer: string } | undefined {
  if (validate(value)) {
    return undefined;
  }
  // The last is of the outermost keyword, which speaks of `if` and `anyOf`; the first is the reason.
  const [error] = validate.errors ?? [];
  return { message: error?.message ?? 'has another shape', pointer: `#${error?.instancePath ?? ''}` };
}
