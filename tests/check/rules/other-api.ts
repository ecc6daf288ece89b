import type { Oas3_1Definition } from '@redocly/openapi-core';
import { type Check, checkInteractions } from '../../../scripts/check/rules/rules.ts';

const ok = { '200': { description: 'Done.' } };
const operation = (operationId: string, more: object = {}) => ({
  operationId,
  responses: ok,
  security: [],
  ...more,
});

/** The spec of a shop: schemes, media types and shapes that Nexudus has not. */
export const document: Oas3_1Definition = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1.0.0' },
  paths: {
    '/public': { get: operation('getPublic') },
    '/declared': {
      get: operation('getDeclared', {
        parameters: [{ name: 'Authorization', in: 'header', schema: { type: 'string' } }],
      }),
    },
    '/optional': { get: operation('getOptional', { security: [{ basic: [] }, {}] }) },
    '/basic': { get: operation('getBasic', { security: [{ basic: [] }] }) },
    '/oauth': { get: operation('getOauth', { security: [{ oauth: ['read'] }] }) },
    '/header-key': { get: operation('getHeaderKey', { security: [{ headerKey: [] }] }) },
    '/query-key': {
      get: operation('getQueryKey', {
        security: [{ queryKey: [] }],
        parameters: [{ name: 'key', in: 'query', schema: { type: 'string' } }],
      }),
    },
    '/cookie-key': { get: operation('getCookieKey', { security: [{ cookieKey: [] }] }) },
    '/both': { get: operation('getBoth', { security: [{ basic: [], cookieKey: [] }, { headerKey: [] }] }) },
    '/form': {
      post: operation('postForm', {
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['count'],
                properties: {
                  count: { type: 'integer' },
                  agree: { type: 'boolean' },
                  note: { type: 'string' },
                },
              },
            },
          },
        },
      }),
    },
    '/media': {
      post: operation('postMedia', {
        requestBody: { content: { 'application/json; version=1': { schema: { type: 'object' } } } },
        responses: {
          '200': {
            description: 'One.',
            content: {
              'text/*': { schema: { type: 'string' } },
              'Text/Json; charset=utf-8': { schema: { type: 'object', properties: {} } },
            },
          },
        },
      }),
    },
    '/items/mine': { get: operation('getMine') },
    '/v{version}/reports/{id}.pdf': {
      get: operation('getReport', {
        parameters: [
          { name: 'version', in: 'path', required: true, schema: { type: 'integer' } },
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
        ],
      }),
    },
    '/items/{id}': {
      get: operation('getItem', {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
          { name: 'tags', in: 'query', schema: { type: 'array', items: { enum: ['a', 'b'] } } },
        ],
        responses: {
          '200': {
            description: 'One.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['rows'],
                  properties: {
                    rows: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['id'],
                        properties: { id: { type: 'integer' }, name: { type: 'string' } },
                      },
                    },
                  },
                },
              },
            },
          },
          '4XX': {
            description: 'Refused.',
            headers: { Retry: { required: true, schema: { type: 'integer' } } },
          },
          default: { description: 'Else.' },
        },
      }),
      post: operation('postItem', {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  owner: { type: 'object', properties: { mail: { type: 'string', pattern: '^[a-z]+$' } } },
                },
              },
            },
          },
        },
      }),
    },
  },
  components: {
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      oauth: { type: 'oauth2', flows: {} },
      headerKey: { type: 'apiKey', in: 'header', name: 'X-Key' },
      queryKey: { type: 'apiKey', in: 'query', name: 'key' },
      cookieKey: { type: 'apiKey', in: 'cookie', name: 'session' },
    },
  },
} as unknown as Oas3_1Definition;

/** An interaction, as far as it is not the same in all tests. */
export interface Interaction {
  request: { method?: string; path: string; [part: string]: unknown };
  response?: { status: number; [part: string]: unknown };
}

/** Lists what a check remarks on one interaction with the shop, each with its place below the interaction. */
export function remarksOf(check: Check[1], { request, response = { status: 200 } }: Interaction): string[] {
  const interaction = { description: 'x', request: { method: 'GET', ...request }, response };
  const pact = { consumer: { name: 'a' }, provider: { name: 'b' }, interactions: [interaction] };
  const locate = (pointer: string) => ({ file: 'pact.json', pointer });
  const spec = { file: 'spec.yaml', document, locate };
  return checkInteractions(spec, [{ file: 'pact.json', pact, locate }], [['pact.sends-invalid', check]]).map(
    ({ message, at }) => `${at.pointer?.replace('#/interactions/0', '')} ${message.replace('"x": ', '')}`,
  );
}
