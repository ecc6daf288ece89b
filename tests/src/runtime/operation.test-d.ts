import { describe, expectTypeOf, it } from 'vitest';
import { examples, type ExampleAnswer as GeneratedAnswer } from '../../../generated/examples.ts';
import { type OperationId, operations } from '../../../generated/operations.ts';
import {
  createSender,
  type ExampleAnswer,
  type ExamplesTable,
  type OperationsTable,
  type Sender,
} from '../../../src/runtime/index.ts';

describe('generated code', () => {
  it('declares the types that the runtime has', () => {
    expectTypeOf<GeneratedAnswer>().toEqualTypeOf<ExampleAnswer>();
  });

  it('has tables that the runtime takes', () => {
    expectTypeOf(operations).toExtend<OperationsTable<OperationId>>();
    expectTypeOf(examples).toExtend<ExamplesTable<OperationId>>();
    expectTypeOf(createSender(operations, { baseUrl: 'https://api.your-company.com' })).toEqualTypeOf<
      Sender<OperationId>
    >();
  });
});
