import type { StandardSchemaV1 } from '@standard-schema/spec';
import { describe, expectTypeOf, it } from 'vitest';
import { validators } from '../../generated/validators.ts';
import {
  type ActionConfirmation,
  type BearerToken,
  type CallError,
  createNexudusAuthClient,
  createSender,
  operations,
  type TokenError,
  type Violation,
} from '../../src/index.ts';

const baseUrl = 'https://your-space.spaces.nexudus.com';

describe('a generated validator', () => {
  it('is a Standard Schema of the body', () => {
    expectTypeOf(validators.getBearerToken[200]).toExtend<StandardSchemaV1<BearerToken>>();
    type Output<Schema extends StandardSchemaV1> = StandardSchemaV1.InferOutput<Schema>;
    expectTypeOf<Output<(typeof validators.getBearerToken)[200]>>().toEqualTypeOf<BearerToken>();
    expectTypeOf<Output<(typeof validators.getBearerToken)[400]>>().toEqualTypeOf<TokenError>();
    expectTypeOf<Output<(typeof validators.getOneTimeToken)[200]>>().toEqualTypeOf<ActionConfirmation>();
  });

  it('narrows its result on issues', () => {
    const result = validators.getMediaToken[200]['~standard'].validate({});
    // @ts-expect-error not looked at yet
    result.value;
    if (result.issues === undefined) {
      expectTypeOf(result.value.jwt).toEqualTypeOf<string>();
    }
  });

  it('is there for JSON bodies only', () => {
    // @ts-expect-error the 401 has no body
    validators.getMediaToken[401];
    // @ts-expect-error a redirect has no body
    validators.redirectToPortal;
  });
});

describe('validate', () => {
  it('is a switch of the client, and a loader of the sender', () => {
    createNexudusAuthClient({ baseUrl, validate: true });
    createSender(operations, { baseUrl, validate: () => validators });
    createSender(operations, { baseUrl, validate: async () => validators });
    const ofLibrary = {} as StandardSchemaV1<unknown>;
    createSender(operations, { baseUrl, validate: () => ({ getMediaToken: { '200': ofLibrary } }) });
    // @ts-expect-error the validators of the client are its own
    createNexudusAuthClient({ baseUrl, validate: () => validators });
    // @ts-expect-error a sender has none of its own
    createSender(operations, { baseUrl, validate: true });
  });

  it('adds violations to the error', () => {
    expectTypeOf<CallError['violations']>().toEqualTypeOf<readonly Violation[] | undefined>();
  });
});
