import type { Oas3_1Definition } from '@redocly/openapi-core';
import { expect, it } from 'vitest';
import { getValidator } from '../../scripts/openapi/validator.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'Trains', version: '1' },
  paths: {},
  components: {
    schemas: {
      Base: { allOf: [{ $ref: '#/components/schemas/Numbered' }] },
      Numbered: { properties: { id: { type: 'integer', readOnly: true } } },
      Train: { allOf: [{ $ref: '#/components/schemas/Base' }, { required: ['id', 'name'] }] },
    },
  },
} as unknown as Oas3_1Definition;
const train = { $ref: '#/components/schemas/Train' };

it('requires of a request nothing that is read-only, also where a part of a part says so', () => {
  expect(getValidator(document, 'request').explain(train, { name: 'Night train' })).toBeUndefined();
  expect(getValidator(document, 'request').explain(train, {})).toContain("'name'");
});

it('requires it of a response', () => {
  expect(getValidator(document).explain(train, { name: 'Night train' })).toContain("'id'");
});
