import { describe, expect, it } from 'vitest';
import { startMock } from '../../../scripts/mock/index.ts';
import { listOperations } from '../../../scripts/spec/list-operations.ts';
import { readSpec } from '../../../scripts/spec/read-spec.ts';
import { getValidator, type SchemaNode } from '../../../scripts/spec/validator.ts';

const { spec } = await readSpec('openapi/mock-admin.yaml');
const document = spec?.document ?? expect.fail('the spec of the mock cannot be read');
const operations = listOperations(document);

describe('the spec of the mock itself', () => {
  it.each(
    operations
      .filter(({ method }) => method === 'get')
      .map(({ path, operation }) => [path, operation] as const),
  )('describes what GET %s answers', async (path, operation) => {
    await using mock = await startMock();
    mock.force({ operationId: 'getMediaToken', status: 401, times: 2 });
    await fetch(`${mock.url}/login?t=x`, { redirect: 'manual' });
    await fetch(`${mock.url}/login`, { redirect: 'manual' });
    const answer = await fetch(mock.url + path);
    const content = (
      operation.responses as Record<string, { content: Record<string, { schema: SchemaNode }> }>
    )['200']?.content;
    const { schema } = content?.['application/json'] ?? expect.fail('no schema');
    expect(getValidator(document).explain(schema, await answer.json(), true)).toBeUndefined();
  });

  it.each(operations.map(({ method, path }) => [method, path]))(
    'names %s %s, which the mock has',
    async (method, path) => {
      await using mock = await startMock();
      const answer = await fetch(mock.url + path, {
        method,
        ...(method === 'post' ? { body: '{"operationId":"getMediaToken"}' } : {}),
      });
      expect([200, 204]).toContain(answer.status);
    },
  );
});
