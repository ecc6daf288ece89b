import { describe, expect, expectTypeOf, it } from 'vitest';
import { createContractMatchers, type OperationChoice } from '../../scripts/matchers.ts';

declare module '../../scripts/matchers.ts' {
  interface Register {
    operationId: 'getTrain' | 'cancelTrain' | 'listStations' | 'signIn';
  }
}

describe('the matcher', () => {
  it('extends expect of vitest, and is awaited', () => {
    expect.extend(createContractMatchers({ specFile: 'openapi.yaml' }));
    expectTypeOf(expect(1).toMatchContract('getTrain')).toEqualTypeOf<Promise<void>>();
    expectTypeOf(expect(1).not.toMatchContract({ method: 'GET' })).toEqualTypeOf<Promise<void>>();
  });

  it('knows the operations that are registered', () => {
    expectTypeOf<Extract<OperationChoice, string>>().toEqualTypeOf<
      'getTrain' | 'cancelTrain' | 'listStations' | 'signIn'
    >();
    // @ts-expect-error a misspelt operation
    expect(1).toMatchContract('getTrian');
  });
});
