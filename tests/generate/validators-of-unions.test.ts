import { describe, expect, it } from 'vitest';
import { issuesBy } from './import-validators.ts';

describe('unions', () => {
  const branch = (kind: unknown, size: object) => ({
    type: 'object',
    required: ['kind', 'size'],
    properties: { kind: { const: kind }, size },
  });

  it('are reported by the branch that a constant tells', async () => {
    const schemas = {
      Small: branch('small', { type: 'number' }),
      Large: branch('large', { type: 'string' }),
    };
    const issues = await issuesBy(
      { oneOf: [{ $ref: '#/components/schemas/Small' }, { $ref: '#/components/schemas/Large' }] },
      schemas,
    );
    expect(issues({ kind: 'small', size: 1 })).toEqual([]);
    expect(issues({ kind: 'large', size: 1 })).toEqual(['/size must be string']);
    expect(issues({ kind: 'huge', size: 1 })).toEqual(['/kind must be one of "small", "large"']);
    expect(issues({ size: 1 })).toEqual(['/kind must be present']);
    expect(issues('small')).toEqual(['/ must be object']);
  });

  it('are left as they are where no constant tells them apart', async () => {
    const same = await issuesBy({ oneOf: [branch('a', { type: 'number' }), branch('a', { minimum: 3 })] });
    expect(same({ kind: 'a', size: 1 })).toEqual([]);
    expect(same({ kind: 'a', size: 4 })).toEqual(['/ must match exactly one schema in oneOf']);
  });

  it('of known strings and any string take any string, and only that', async () => {
    const known = { type: 'string', enum: ['a'] };
    const open = await issuesBy({ anyOf: [known, { type: 'string', description: 'Any.' }] });
    expect([open('b'), open(1)]).toEqual([[], ['/ must be string']]);
    const closed = await issuesBy({ anyOf: [known, { type: 'string', maxLength: 1 }] });
    expect([closed('b'), closed('bb').length]).toEqual([[], 3]);
  });
});

describe('discriminators', () => {
  const shape = (kind: object, size: string) => ({
    type: 'object',
    required: ['kind', size],
    properties: { kind, [size]: { type: 'number' } },
  });
  const schemas = { Box: shape({ type: 'string' }, 'width'), Tube: shape({ type: 'string' }, 'radius') };
  const oneOf = [{ $ref: '#/components/schemas/Box' }, { $ref: '#/components/schemas/Tube' }];
  const mapping = { box: '#/components/schemas/Box', crate: 'Box', tube: '#/components/schemas/Tube' };

  it('choose the alternative by their mapping', async () => {
    const issues = await issuesBy({ oneOf, discriminator: { propertyName: 'kind', mapping } }, schemas);
    expect([issues({ kind: 'box', width: 1 }), issues({ kind: 'crate', width: 1 })]).toEqual([[], []]);
    expect(issues({ kind: 'tube', width: 1 })).toEqual(['/radius must be present']);
    expect(issues({ kind: 'ball', radius: 1 })).toEqual(['/kind must be one of "box", "crate", "tube"']);
    expect(issues({ width: 1 })).toEqual(['/kind must be present']);
  });

  it('leave a value alone that lacks a property that no alternative asks for', async () => {
    const open = { Box: { ...schemas.Box, required: ['width'] }, Tube: schemas.Tube };
    const issues = await issuesBy({ oneOf, discriminator: { propertyName: 'kind', mapping } }, open);
    expect([issues({ width: 1 }), issues({ kind: 'tube', width: 1 })]).toEqual([
      [],
      ['/radius must be present'],
    ]);
  });

  it('without a mapping take the constants of the alternatives, and no names of schemas', async () => {
    const tagged = {
      Box: shape({ enum: ['box', 'crate'] }, 'width'),
      Tube: shape({ const: 'tube' }, 'radius'),
    };
    const known = await issuesBy({ anyOf: oneOf, discriminator: { propertyName: 'kind' } }, tagged);
    expect([known({ kind: 'crate', width: 1 }), known({ kind: 'tube', width: 1 })]).toEqual([
      [],
      ['/radius must be present'],
    ]);
    const unknown = await issuesBy({ oneOf, discriminator: { propertyName: 'kind' } }, schemas);
    expect(unknown({ kind: 'any', width: 1 })).toEqual([]);
  });

  it('and alternatives that are the whole again end', async () => {
    const child = (size: string) => ({
      allOf: [{ $ref: '#/components/schemas/Any' }, { type: 'object', required: [size] }],
    });
    const any = {
      type: 'object',
      required: ['kind'],
      oneOf,
      discriminator: { propertyName: 'kind', mapping },
    };
    const circular = { Any: any, Box: child('width'), Tube: child('radius') };
    const issues = await issuesBy({ $ref: '#/components/schemas/Any' }, circular);
    expect([issues({ kind: 'box', width: 1 }), issues({ kind: 'box' })]).toEqual([
      [],
      ['/width must be present'],
    ]);
    const own = { Own: { anyOf: [{ $ref: '#/components/schemas/Own' }, { type: 'string' }] } };
    const endless = await issuesBy({ $ref: '#/components/schemas/Own' }, own);
    expect([endless('x'), endless(1)]).toEqual([[], ['/ must be string']]);
  });

  it('are a name like any other among properties', async () => {
    const issues = await issuesBy({ properties: { discriminator: { type: 'string' } } });
    expect(issues({ discriminator: 1 })).toEqual(['/discriminator must be string']);
  });
});
