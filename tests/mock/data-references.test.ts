import { expect, it } from 'vitest';
import { startMock } from '../../scripts/mock/serve.ts';
import { shop, writeSpec } from '../openapi/write-spec.ts';

const value = { $ref: '#/components/schemas/Nothing', items: [{ $ref: './nowhere.json' }] };

it('serves an example with a $ref as it is written, and follows none in an extension', async () => {
  const content = { 'application/json': { schema: { type: 'object' }, examples: { links: { value } } } };
  const specFile = writeSpec(
    shop({
      'x-topics': [{ $ref: './docs/start.md' }],
      paths: { '/links': { get: { responses: { 200: { description: 'Links.', content } } } } },
    }),
  );
  await using mock = await startMock({ specFile });
  const response = await fetch(`${mock.url}/links`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual(value);
});

it('serves a draft, and tells what it lacks', async () => {
  const specFile = writeSpec('openapi: 3.0\npaths:\n  /cups:\n    get:\n      responses: { 204: {} }\n');
  const told: string[] = [];
  const onWarnings = (findings: readonly { message: string }[]) =>
    told.push(...findings.map(({ message }) => message));
  await using mock = await startMock({ specFile, onWarnings });
  expect((await fetch(`${mock.url}/cups`)).status).toBe(204);
  expect(told).toContain('Found no "info", expected one.');
});
