import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { parseYaml } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { listPactMutants, listSpecMutants } from '../../scripts/mutate/mutants.ts';
import type { JsonObject, Mutant } from '../../scripts/mutate/operators/mutant.ts';
import { toPointer } from '../../scripts/openapi/document.ts';

const spec = parseYaml(readFileSync('openapi/nexudus-auth.yaml', 'utf8')) as JsonObject;
const pact = JSON.parse(
  readFileSync('contracts/pacts/nexudus-portal-nexudus-api.json', 'utf8'),
) as JsonObject;

const nameOf = ({ operator, detail, keys }: Mutant): string => `${operator} ${detail} ${toPointer(keys)}`;

describe.each([
  ['spec', spec, listSpecMutants, 200],
  ['pact', pact, listPactMutants, 100],
] as const)('the mutants of the %s', (kind, original, list, least) => {
  const mutants = list(original);

  it('are many, and each of its own name', () => {
    expect(mutants.length).toBeGreaterThan(least);
    expect(new Set(mutants.map(nameOf)).size).toBe(mutants.length);
    expect(new Set(mutants.map((mutant) => mutant.document))).toEqual(new Set([kind]));
  });

  it('differ from the original, which stays as it is', () => {
    const before = structuredClone(original);
    const same = mutants.filter(({ make }) => isDeepStrictEqual(make(), original));
    expect(same.map(nameOf)).toEqual([]);
    expect(original).toEqual(before);
  });

  it('are the same from run to run', () => {
    expect(list(structuredClone(original)).map(nameOf)).toEqual(mutants.map(nameOf));
  });
});

const schemaWith = (schema: JsonObject): JsonObject => ({ components: { schemas: { One: schema } } });
const changesOf = (document: JsonObject, operator: string): unknown[] =>
  listSpecMutants(document)
    .filter((mutant) => mutant.operator === operator)
    .map(({ make }) => (make().components as { schemas: { One: unknown } }).schemas.One);

describe('the operators of schemas', () => {
  it.each([
    [
      'require a property',
      { properties: { a: {}, b: {} }, required: ['a'] },
      [{ properties: { a: {}, b: {} }, required: ['a', 'b'] }],
    ],
    [
      'stop requiring a property',
      { properties: { a: {} }, required: ['a'] },
      [{ properties: { a: {} }, required: [] }],
    ],
    ['remove a property', { properties: { a: {} }, required: ['a'] }, [{ properties: {}, required: [] }]],
    [
      'rename a property',
      { properties: { a: {} }, required: ['a'] },
      [{ properties: { aX: {} }, required: ['aX'] }],
    ],
    ['change a type', { type: 'string' }, [{ type: 'integer' }]],
    ['allow null', { type: 'string' }, [{ type: ['string', 'null'] }]],
    ['forbid null', { type: ['string', 'null'] }, [{ type: 'string' }]],
    ['change a constant', { const: true }, [{ const: false }]],
    ['drop a constant', { const: 'a' }, [{}]],
    ['drop an enum member', { enum: ['a', 'b'] }, [{ enum: ['b'] }, { enum: ['a'] }]],
    ['rename an enum member', { enum: ['a'] }, [{ enum: ['aX'] }]],
    ['drop a format', { format: 'email' }, [{}]],
    ['change a format', { format: 'email' }, [{ format: 'uuid' }]],
    ['drop a pattern', { pattern: '^a$' }, [{}]],
    ['loosen a pattern', { pattern: '^a$' }, [{ pattern: '^.*$' }]],
    ['drop a length', { minLength: 1 }, [{}]],
    ['raise a length', { minLength: 1 }, [{ minLength: 1000 }]],
    [
      'drop an alternative',
      { oneOf: [{ type: 'null' }, {}] },
      [{ oneOf: [{}] }, { oneOf: [{ type: 'null' }] }],
    ],
  ])('%s', (operator, before, after) => {
    expect(changesOf(schemaWith(before), operator)).toEqual(after);
  });

  it('make nothing of a schema that has nothing for them', () => {
    expect(listSpecMutants(schemaWith({ description: 'Anything.' }))).toEqual([]);
  });
});
