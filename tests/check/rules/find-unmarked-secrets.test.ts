import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { findUnmarkedSecrets } from '../../../scripts/check/rules/spec-rules.ts';
import { document } from '../rules/other-api.ts';

describe('findUnmarkedSecrets', () => {
  const find = (schemas: object, parameters: object = {}) => {
    const changed = {
      ...document,
      paths: {},
      components: { schemas, parameters },
    } as unknown as Oas3_1Definition;
    const locate = (pointer: string) => ({ file: 'spec.yaml', pointer });
    return findUnmarkedSecrets({ file: 'spec.yaml', document: changed, locate }).map(({ at }) => at.pointer);
  };
  const withProperty = (name: string, schema: object) => ({ One: { properties: { [name]: schema } } });

  it.each(['jwt', 'totp', 'token', 'tokens', 'password', 'refresh_token', 'resetToken', 'apiKey', 'pin'])(
    'finds the property %s',
    (name) => {
      expect(find(withProperty(name, { type: 'string' }))).toEqual([
        `#/components/schemas/One/properties/${name}`,
      ]);
      expect(find(withProperty(name, { type: 'string', format: 'password' }))).toEqual([]);
      expect(find(withProperty(name, { type: 'null' }))).toEqual([]);
    },
  );

  it('leaves one alone that is marked by a reference, or has a closed list of values', () => {
    const key = { type: 'string', format: 'password' };
    expect(find({ ...withProperty('token', { $ref: '#/components/schemas/Key' }), Key: key })).toEqual([]);
    expect(find(withProperty('session', { type: 'string', enum: ['open', 'closed'] }))).toEqual([]);
  });

  it.each(['token_type', 't', 'Value', 'username', 'title', 'xt', 'valuable', 'my_password_hint'])(
    'leaves the property %s alone',
    (name) => {
      expect(find(withProperty(name, { type: 'string' }))).toEqual([]);
    },
  );

  it('finds a parameter, by its name and not by its key', () => {
    const parameter = (name: string, schema: object = { type: 'string' }) => ({
      Any: { name, in: 'query', schema },
    });
    expect(find({}, parameter('token'))).toEqual(['#/components/parameters/Any/schema']);
    expect(find({}, parameter('page'))).toEqual([]);
    expect(find({}, { token: { description: 'No parameter.' } })).toEqual([]);
  });
});
