import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { explainRequest, explainResponse } from '../../../scripts/dev/corpus/evidence.ts';
import { listOperations } from '../../../scripts/openapi/operations.ts';

const text = { type: 'string' };

function makePlace(schema: object): {
  document: Oas3_1Definition;
  place: ReturnType<typeof listOperations>[number];
} {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Cup' } } };
  const operation = { requestBody: { content }, responses: { 200: { description: 'Made.', content } } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    paths: { '/cups': { post: operation } },
    components: { schemas: { Cup: schema } },
  } as unknown as Oas3_1Definition;
  const [place] = listOperations(document);
  if (place === undefined) throw new Error('There is no operation.');
  return { document, place };
}

const cup = { $ref: '#/components/schemas/Cup' };
const impossible = [
  {
    evidence: 'a schema requires itself, as no value can: saucer',
    schema: { type: 'object', required: ['saucer'], properties: { saucer: cup } },
  },
  {
    evidence: 'a closed schema forbids what it requires: size',
    schema: { type: 'object', required: ['size'], additionalProperties: false, properties: { siz: text } },
  },
  {
    evidence: 'a part of an allOf forbids what another requires: size',
    schema: {
      allOf: [
        { type: 'object', additionalProperties: false, properties: { colour: text } },
        { type: 'object', required: ['size'], properties: { size: text } },
      ],
    },
  },
];
const possible = [
  { type: 'object', properties: { saucer: cup }, required: [] },
  { type: 'object', required: ['saucers'], properties: { saucers: { type: 'array', items: cup } } },
  { type: 'object', required: ['size'], additionalProperties: false, properties: { size: text } },
  { type: 'object', properties: { required: text, allOf: text } },
];

describe('the evidence for a fault of a document', () => {
  it.each(impossible)('is a schema that no value can keep to: $evidence', ({ schema, evidence }) => {
    const { document, place } = makePlace(schema);
    expect(explainRequest(document, place)).toBe(evidence);
    expect(explainResponse(document, place, 200)).toBe(evidence);
  });

  it.each(possible)('is not a schema that values can keep to: %j', (schema) => {
    const { document, place } = makePlace(schema);
    expect(explainRequest(document, place)).toBeUndefined();
    expect(explainResponse(document, place, 200)).toBeUndefined();
  });

  it('is an example of a property that makes a made-up body wrong', () => {
    const size = { allOf: [{ type: 'string', pattern: '^[a-z]+$' }], example: 'LARGE' };
    const { document, place } = makePlace({ type: 'object', required: ['size'], properties: { size } });
    expect(explainRequest(document, place)).toMatch(/^an example breaks its schema: application\/json, /);
  });
});
