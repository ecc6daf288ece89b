import { type ExampleAnswer, examples } from '../../generated/examples.ts';
import type { OperationId } from '../../generated/operations.ts';

// The key of a status is text.
type NameOf<Key> = Key extends `${infer Status extends number}` ? Status : Key & string;

/** What an operation can answer: the name of an example in the spec, or a status that has no body. */
export type AnswerName<Id extends OperationId> = NameOf<keyof (typeof examples)[Id]>;

/**
 * Finds an answer of an operation; without a name, the first that is no failure.
 *
 * @throws {RangeError} for an unknown operation or name; it lists those that there are
 */
export function findAnswer(operationId: OperationId, name?: string | number): ExampleAnswer {
  const answers: Readonly<Record<string, ExampleAnswer>> = pick(examples, operationId, 'operation');
  return name === undefined
    ? (Object.values(answers).find(({ status }) => status < 400) as ExampleAnswer)
    : pick(answers, String(name), `answer of ${operationId}`);
}

function pick<Value>(values: Readonly<Record<string, Value>>, name: string, what: string): Value {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) {
    throw new RangeError(`There is no ${what} "${name}". Choose from: ${Object.keys(values).join(', ')}.`);
  }
  return value;
}
