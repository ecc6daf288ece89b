import { expect } from 'vitest';
import { findResponse } from '../../../scripts/openapi/answers.ts';
import { createMatcher } from '../../../scripts/openapi/matcher.ts';
import { readSpec } from '../../../scripts/openapi/read-spec.ts';
import { getValidator, type SchemaNode } from '../../../scripts/openapi/validator.ts';

const { spec } = await readSpec('openapi/nexudus-auth.yaml');
const document = spec?.document ?? expect.fail('the spec cannot be read');
const findCall = createMatcher(document);

/** Sends a request, and fails where the answer is not one of the spec: its status, its body or its headers. */
export async function fetchChecked(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init);
  const path = new URL(url).pathname;
  const place = findCall({ method: (init.method ?? '').toLowerCase(), path })?.place;
  const { content, headers } =
    findResponse(document, (place ?? expect.fail(path)).operation, answer.status) ??
    expect.fail(`${answer.status} is not documented`);
  // A simulation says why it refuses; nothing else may be wrong.
  const violations: { code: string }[] = JSON.parse(answer.headers.get('sl-violations') ?? '[]');
  expect(violations.filter(({ code }) => !code.startsWith('session.'))).toEqual([]);
  expect(violations).toHaveLength(answer.headers.has('sl-violations') ? 1 : 0);
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
