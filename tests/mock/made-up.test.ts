import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { violationsHeader } from '../../scripts/http/message.ts';
import { startMock } from '../../scripts/mock/serve.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const node = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string', pattern: '^TR[0-9]{8}$' },
    next: { $ref: '#/components/schemas/Node' },
  },
};
const schemas = {
  'a text of a pattern': { type: 'object', properties: { sid: { type: 'string', pattern: '^US[a-f]{4}$' } } },
  'a pattern in a list': {
    type: 'array',
    minItems: 1,
    items: { type: 'string', pattern: '^[0-9]+$', minLength: 6 },
  },
  'what contains itself': { $ref: '#/components/schemas/Node' },
  'one of several shapes': {
    oneOf: [
      {
        type: 'object',
        required: ['card'],
        properties: { card: { type: 'string', pattern: '^[0-9]{16}$' } },
      },
      { type: 'string', pattern: '^none$' },
    ],
  },
};

async function ask(schema: object, shown: object = {}) {
  const content = { 'application/json': { schema, ...shown } };
  const get = { operationId: 'getTrain', responses: { 200: { description: 'A train', content } } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Trains', version: '1.0.0' },
    paths: { '/train': { get } },
    components: { schemas: { Node: node } },
  };
  const specFile = join(makeTemporaryFolder(), 'openapi.json');
  writeFileSync(specFile, JSON.stringify(document));
  await using mock = await startMock({ specFile });
  const response = await fetch(`${mock.url}/train`);
  return { violations: response.headers.get(violationsHeader), body: await response.json() };
}

test.each(Object.entries(schemas))('a body that is made up keeps to its schema: %s', async (_, schema) => {
  expect((await ask(schema)).violations).toBeNull();
});

test('of a body that is made up, only what is wrong is made up anew', async () => {
  const { pattern, ...sid } = { type: 'string', pattern: '^US[a-f]{4}$' };
  const properties = { name: { type: 'string' }, sid: { ...sid, pattern } };
  const { body } = await ask({ type: 'object', properties });
  expect(body).toEqual({ name: expect.any(String), sid: expect.stringMatching(pattern) });
});

test('an example that breaks its schema is served as it stands, and said to', async () => {
  const { body, violations } = await ask(schemas['a text of a pattern'], { example: { sid: 'mine' } });
  expect(body).toEqual({ sid: 'mine' });
  expect(violations).toContain('pattern');
});
