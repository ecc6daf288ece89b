import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { sampleOneOf, sampleSchema } from '../../scripts/openapi/sample.ts';
import { getValidator } from '../../scripts/openapi/validator.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'Trains', version: '1' },
  paths: {},
  components: {
    schemas: {
      Node: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, next: { $ref: '#/components/schemas/Node' } },
      },
      Endless: {
        type: 'object',
        required: ['next'],
        properties: { next: { $ref: '#/components/schemas/Endless' } },
      },
      Tree: {
        type: 'object',
        required: ['children'],
        properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
      },
      Card: {
        type: 'object',
        required: ['kind', 'number'],
        properties: { kind: { type: 'string' }, number: { type: 'string', pattern: '^[0-9]{16}$' } },
      },
      Bank: {
        type: 'object',
        required: ['kind', 'iban'],
        properties: { kind: { type: 'string' }, iban: { type: 'string' } },
      },
    },
  },
} as unknown as Oas3_1Definition;

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('a value that is made up', () => {
  it.each([
    ['a text of a length', { type: 'string', minLength: 6, maxLength: 8 }],
    ['a short text', { type: 'string', maxLength: 2 }],
    ['a pattern', { type: 'string', pattern: '^[A-Z]{2}-\\d{3,5}(?:x|y)$' }],
    ['a pattern with a length', { type: 'string', pattern: '^[a-z]+$', minLength: 12 }],
    ['a pattern that the flag u forbids', { type: 'string', pattern: '^[a-z]\\-[a-z]$' }],
    ['a date', { type: 'string', format: 'date' }],
    ['a time', { type: 'string', format: 'date-time' }],
    ['a UUID', { type: 'string', format: 'uuid' }],
    ['an address', { type: 'string', format: 'email' }],
    ['a range', { type: 'integer', minimum: 7, maximum: 9 }],
    ['an exclusive range', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }],
    ['a multiple', { type: 'integer', multipleOf: 25, minimum: 30 }],
    ['a negative number', { type: 'integer', maximum: -5 }],
    ['a member', { type: 'string', enum: ['first', 'second'] }],
    ['a constant', { const: 'only' }],
    ['null', { type: 'null' }],
    ['something or null', { type: ['null', 'integer'] }],
    ['a list', { type: 'array', items: { type: 'integer' }, minItems: 3, uniqueItems: true }],
    ['a list of members', { type: 'array', items: { enum: ['a', 'b'] }, minItems: 2, uniqueItems: true }],
    ['a tuple', { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2 }],
    ['an object', { type: 'object', required: ['a'], properties: { a: { type: 'boolean' }, b: {} } }],
    ['a map', { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 2 }],
    [
      'all of several',
      {
        allOf: [
          { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
          { required: ['b'], properties: { b: { type: 'integer', minimum: 5 } } },
        ],
      },
    ],
    [
      'all of one property in two parts',
      {
        allOf: [
          { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
          { properties: { a: { enum: ['x'] } } },
        ],
      },
    ],
    ['all of a name and a comment', { allOf: [{ type: 'string', enum: ['x'] }, { description: 'A kind.' }] }],
    ['one of several', { oneOf: [{ type: 'integer' }, { type: 'string' }] }],
    [
      'one of several, with what all have',
      {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'integer' } },
        oneOf: [{ required: ['a'], properties: { a: { type: 'string' } } }, { required: ['b'] }],
      },
    ],
    ['any of several', { anyOf: [ref('Endless'), { type: 'integer' }] }],
    ['what contains itself', ref('Node')],
    ['a tree', ref('Tree')],
    ['what says no type', { properties: { a: { type: 'string' } }, required: ['a'] }],
    ['a property with the name of a prototype', { type: 'object', required: ['__proto__'] }],
  ])('is %s', (_title, schema) => {
    const value = sampleSchema(document, schema as never);
    expect(value).not.toBeUndefined();
    expect(getValidator(document).explain(schema as never, value)).toBeUndefined();
    expect(sampleSchema(document, schema as never)).toEqual(value);
  });

  it.each([
    ['what requires itself', ref('Endless')],
    ['nothing', { type: 'array', items: false, minItems: 1 }],
    ['a number in an empty range', { type: 'integer', minimum: 5, maximum: 4 }],
    ['a pattern that no text matches', { type: 'string', pattern: '^a(?!a)a$' }],
  ])('is none for %s', (_title, schema) => {
    expect(sampleSchema(document, schema as never)).toBeUndefined();
  });

  it('is the example, if it is of the right type, unless examples are not wanted', () => {
    const schema = {
      type: 'object',
      required: ['a', 'b'],
      properties: { a: { type: 'string', example: 'shown' }, b: { type: 'integer', example: 'five' } },
    };
    expect(sampleSchema(document, schema as never)).toEqual({ a: 'shown', b: 1 });
    expect(sampleSchema(document, schema as never, { useExamples: false })).toEqual({ a: 'text', b: 1 });
  });

  it('names the alternative in the property of the discriminator', () => {
    const oneOf = [ref('Card'), ref('Bank')];
    const discriminator = { propertyName: 'kind', mapping: { bank: '#/components/schemas/Bank' } };
    const schema = { oneOf, discriminator } as never;
    expect(sampleSchema(document, schema)).toMatchObject({ kind: 'Card' });
    expect(sampleSchema(document, schema, { alternative: 1 })).toMatchObject({ kind: 'bank', iban: 'text' });
  });
});

describe('a value of one alternative', () => {
  const cat = { type: 'object', properties: { name: { type: 'string' }, lives: { type: 'integer' } } };
  const closed = (properties: object) => ({ type: 'object', additionalProperties: false, properties });
  const makeUp = (oneOf: object[]) => sampleOneOf(document, { oneOf } as never);
  const explain = (oneOf: object[]) => getValidator(document).explain({ oneOf } as never, makeUp(oneOf));

  it('has what tells it apart, where the smallest one is of several', () => {
    const oneOf = [closed({ claws: { type: 'integer' } }), closed({ tricks: { type: 'integer' } })];
    expect(sampleSchema(document, { oneOf } as never)).toEqual({});
    expect(makeUp(oneOf)).toEqual({ claws: expect.any(Number) });
    expect(explain(oneOf)).toBeUndefined();
  });

  it('is the smallest where no value is of one only', () => {
    expect(makeUp([cat, cat])).toEqual({});
    expect(explain([cat, cat])).toContain('oneOf');
  });

  it.each([6, 20, 24, 36])(
    'has a text of %i characters where a pattern asks for no number of them',
    (length) => {
      const schema = { type: 'string', pattern: '[0-9]+', minLength: length, maxLength: length };
      expect(sampleSchema(document, schema as never)).toMatch(new RegExp(`^[0-9]{${length}}$`));
    },
  );
});

describe('a text by a pattern that takes an empty one', () => {
  it('is not empty, unless it must be', () => {
    expect(sampleSchema(document, { type: 'string', pattern: '^[a-z]*$' } as never)).toMatch(/^[a-z]+$/);
    expect(sampleSchema(document, { type: 'string', pattern: '^[a-z]*$', maxLength: 0 } as never)).toBe('');
  });
});

describe('the validator', () => {
  it('takes a document in which several schemas have an anchor of one name', () => {
    const page = (type: string) => ({
      $defs: { item: { $dynamicAnchor: 'item', type } },
      type: 'array',
      items: { $dynamicRef: '#item' },
    });
    const schemas = { Shops: page('string'), Trains: page('integer') };
    const paged = { ...document, components: { schemas } } as unknown as Oas3_1Definition;
    const { explain } = getValidator(paged);
    expect(explain(ref('Shops') as never, ['x'])).toBeUndefined();
    expect(explain(ref('Shops') as never, 'x')).toContain('must be array');
  });
});
