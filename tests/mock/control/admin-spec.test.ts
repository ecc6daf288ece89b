import { describe, expect, it } from 'vitest';
import { startMock } from '../../../scripts/mock/index.ts';
import { findResponse } from '../../../scripts/openapi/answers.ts';
import { listOperations, type OperationPlace } from '../../../scripts/openapi/operations.ts';
import { readSpec } from '../../../scripts/openapi/read-spec.ts';
import { getValidator, type SchemaNode } from '../../../scripts/openapi/validator.ts';

const { spec } = await readSpec('openapi/mock-admin.yaml');
const document = spec?.document ?? expect.fail('the spec of the mock cannot be read');
const operations = listOperations(document);

/** The bodies that the spec has as examples for an operation, or none. */
function listBodies({ operation }: OperationPlace): (string | undefined)[] {
  const { content = {} } = (operation.requestBody ?? {}) as {
    content?: Record<string, { examples: Record<string, { value: unknown }> }>;
  };
  const examples = Object.values(content['application/json']?.examples ?? {});
  return examples.length === 0 ? [undefined] : examples.map(({ value }) => JSON.stringify(value));
}

/** The query of what an operation cannot do without. */
function writeQuery({ operation }: OperationPlace): string {
  const parameters = (operation.parameters ?? []) as {
    name: string;
    required: boolean;
    examples: Record<string, { value: string }>;
  }[];
  const required = parameters.filter((parameter) => parameter.required);
  const values = required.map(({ name, examples }) => [name, Object.values(examples)[0]?.value ?? '']);
  return values.length === 0 ? '' : `?${new URLSearchParams(values)}`;
}

const calls = operations.flatMap((place) =>
  listBodies(place).map((body) => ({
    method: place.method,
    path: place.path + writeQuery(place),
    body,
    place,
  })),
);

describe('the spec of the mock itself', () => {
  it.each(calls)('describes what $method $path answers to $body', async ({ method, path, body, place }) => {
    await using mock = await startMock({ simulate: true });
    mock.tokens.issue({ kind: 'access-token', client: 'portal', subject: 'ada' });
    mock.force({ operationId: 'getMediaToken', status: 401, times: 2 });
    await fetch(`${mock.url}/login?t=x`, { redirect: 'manual' });
    await fetch(`${mock.url}/login`, { redirect: 'manual' });
    const { headers } = mock.world({ name: 'signs in' });
    const init = { method, redirect: 'manual', ...(body === undefined ? {} : { body }) } as const;
    const answer = await fetch(mock.url + path, { ...init, ...(path.endsWith('/enter') ? { headers } : {}) });
    expect([200, 201, 204, 302]).toContain(answer.status);
    const described =
      findResponse(document, place.operation, answer.status) ??
      expect.fail(`${answer.status} is not documented`);
    const schema = described.content?.['application/json']?.schema as SchemaNode | undefined;
    expect({ hasBody: schema !== undefined }).toEqual({ hasBody: answer.status < 204 });
    if (schema !== undefined) {
      expect(getValidator(document).explain(schema, await answer.json(), true)).toBeUndefined();
    }
  });

  it.each(operations)('names the refusal of another method than those of $path', async ({ path }) => {
    await using mock = await startMock();
    const answer = await fetch(mock.url + path, { method: 'PATCH' });
    expect(answer.status).toBe(405);
  });
});
