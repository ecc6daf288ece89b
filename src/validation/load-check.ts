import type { Fail } from '../errors.ts';
import { describeViolations, findViolations } from './find-violations.ts';
import type { ResponseValidators } from './standard-schema.ts';

/** Lets the body of a response through, or throws. `key` is the status, range or `default` that the spec has it under. */
export type Check = (response: Response, key: string, body: unknown, fail: Fail) => Promise<void>;

/**
 * Loads what checks the answers of an operation. To be called before the operation is sent: an answer whose tokens
 * replace others must not be lost for want of a file.
 *
 * The check throws a `CallError` of code `contract_violation`, which holds nothing of the body.
 *
 * @throws {unknown} what `load` throws
 */
export async function loadCheck(
  load: () => ResponseValidators | Promise<ResponseValidators>,
  operationId: string,
): Promise<Check> {
  const validators = (await load())[operationId];
  return async ({ status }, key, body, fail) => {
    const validator = validators?.[key];
    const violations = validator === undefined ? [] : await findViolations(validator, body);
    if (violations.length > 0) {
      const what = `answered ${status}, but its body breaks the contract: ${describeViolations(violations)}.`;
      throw fail('contract_violation', what, undefined, violations);
    }
  };
}
