import { expect } from 'vitest';
import { findOperation } from '../../../scripts/spec/find-operation.ts';
import { findResponse } from '../../../scripts/spec/find-response.ts';
import { listOperations } from '../../../scripts/spec/list-operations.ts';
import { readSpec } from '../../../scripts/spec/read-spec.ts';
import { getValidator, type SchemaNode } from '../../../scripts/spec/validator.ts';

const { spec } = await readSpec('openapi/nexudus-auth.yaml');
const document = spec?.document ?? expect.fail('the spec cannot be read');
const operations = listOperations(document);

/** Sends a request, and fails where the answer is not one of the spec: its status, its body or its headers. */
export async function fetchChecked(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init);
  const path = new URL(url).pathname;
  const place = findOperation(operations, { method: (init.method ?? '').toLowerCase(), path });
  const { content, headers } =
    findResponse(document, (place ?? expect.fail(path)).operation, answer.status) ??
    expect.fail(`${answer.status} is not documented`);
  expect(answer.headers.get('sl-violations')).toBeNull();
  expect(answer.headers.has('location')).toBe(headers !== undefined);
  const [mediaType] = Object.keys(content ?? {});
  expect(answer.headers.get('content-type')).toBe(mediaType ?? null);
  const text = await answer.clone().text();
  if (mediaType === 'application/json') {
    const schema = content?.[mediaType]?.schema as SchemaNode;
    expect(getValidator(document).explain(schema, JSON.parse(text), true)).toBeUndefined();
  } else {
    expect(text.slice(0, 5)).toBe(mediaType === undefined ? '' : '%PDF-');
  }
  return answer;
}
