import { describeViolations, findViolations, type Violation } from './find-violations.ts';
import type { ResponseValidators } from './standard-schema.ts';

/** How a body breaks the contract. */
export interface Breach {
  violations: readonly Violation[];
  /** In words that follow the URL. */
  what: string;
}

/**
 * Looks for what is wrong in the body of a response. `key` is the status, range or `default` that the spec has it under.
 */
export type Check = (status: number, key: string, body: unknown) => Promise<Breach | undefined>;

/**
 * Loads what checks the answers of an operation. To be called before the operation is sent: an answer whose tokens
 * replace others must not be lost for want of a file.
 *
 * What the check gives holds nothing of the body.
 *
 * @throws {unknown} what `load` throws
 */
export async function loadCheck(
  load: () => ResponseValidators | Promise<ResponseValidators>,
  operationId: string,
): Promise<Check> {
  const validators = (await load())[operationId];
  return async (status, key, body) => {
    const validator = validators?.[key];
    const violations = validator === undefined ? [] : await findViolations(validator, body);
    if (violations.length === 0) {
      return undefined;
    }
    const what = `answered ${status}, but its body breaks the contract: ${describeViolations(violations)}.`;
    return { violations, what };
  };
}
