import { expect, test } from 'vitest';
import { startMock } from '../../scripts/mock/serve.ts';
import { writeSpec } from '../openapi/write-spec.ts';

const content = (pattern: string, minLength = 0) => ({
  'application/json': {
    schema: { type: 'object', properties: { code: { type: 'string', pattern, minLength } } },
  },
});

const spec = {
  openapi: '3.1.0',
  info: { title: 'Trains', version: '1' },
  paths: {
    '/trips': {
      get: {
        parameters: [{ name: 'code', in: 'query', schema: { type: 'string', pattern: '^(a+)+$' } }],
        responses: { 200: { description: 'Trips.', content: content('^(([a-z])+.)+[A-Z]([a-z])+$', 5000) } },
      },
      post: {
        requestBody: { content: content('^(a|aa)+$') },
        responses: { 204: { description: 'Booked.' } },
      },
    },
  },
};

test('a pattern that backtracks without end holds nobody up', async () => {
  await using mock = await startMock({ specFile: writeSpec(spec) });
  const slow = `${'a'.repeat(60)}!`;
  const headers = { 'content-type': 'application/json' };
  const post = (code: string) =>
    fetch(`${mock.url}/trips`, { method: 'POST', headers, body: JSON.stringify({ code }) });
  const refused = [await fetch(`${mock.url}/trips?code=${slow}`), await post(slow)];
  for (const response of refused) {
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('a pattern of the spec takes more than 1 s on a value');
  }
  expect((await post('aaa')).status).toBe(204);
  expect((await post('aab')).status).toBe(422);
  expect((await fetch(`${mock.url}/trips?code=aa`)).status).toBe(200);
}, 20_000);
