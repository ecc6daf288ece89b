import { describe, expect, it } from 'vitest';
import { isClosed, sampleBranch } from '../../../scripts/check/rules/matchers.ts';

describe('sampleBranch', () => {
  it.each([
    [{ const: 'a', type: 'string' }, ['a']],
    [{ enum: ['a', 'b'] }, ['a', 'b']],
    [{ type: ['boolean', 'null'] }, [true, false, null]],
    [{ type: 'integer', minimum: 1, maximum: 2 }, [1, 2, 1]],
    [{ type: 'number', minimum: 0, maximum: 1 }, [0, 1, 0, 1, 0.5]],
    [{ type: 'string', minLength: 1, maxLength: 2 }, ['x']],
    [{ type: 'array' }, [[]]],
    [{ type: 'object' }, [{}]],
  ] as const)('draws from %j', (schema, values) => {
    expect(sampleBranch(structuredClone(schema) as Parameters<typeof sampleBranch>[0])).toEqual(values);
  });

  it('draws the empty string where nothing forbids it', () => {
    expect(sampleBranch({ type: 'string' })).toContain('');
  });

  it('draws from a pattern what the pattern allows', () => {
    const texts = sampleBranch({ type: 'string', pattern: '^[a-c]{3}$' });
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.every((text) => /^[a-c]{3}$/.test(String(text)))).toBe(true);
  });

  it('draws values of every type where the schema names none', () => {
    expect(new Set(sampleBranch({}).map((value) => (value === null ? 'null' : typeof value)))).toEqual(
      new Set(['string', 'number', 'boolean', 'null', 'object']),
    );
  });
});

describe('isClosed', () => {
  it.each([
    [{ const: 1 }, true],
    [{ enum: ['a'] }, true],
    [{ type: 'boolean' }, true],
    [{ type: ['boolean', 'null'] }, true],
    [{ type: ['string', 'null'] }, false],
    [{ type: 'string' }, false],
    [{}, false],
  ] as const)('is for %j %s', (schema, closed) => {
    expect(isClosed(schema as Parameters<typeof isClosed>[0])).toBe(closed);
  });
});
