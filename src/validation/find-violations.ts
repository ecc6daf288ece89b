import type { StandardValidator } from './standard-schema.ts';

/** Where a body breaks the contract. */
export interface Violation {
  /** JSON pointer into the body: `/WasSuccessful`, and an empty one for the body itself. */
  readonly pointer: string;
  /** What the contract says of it: `must be boolean`. */
  readonly expected: string;
}

/**
 * Lists where a body breaks the contract, in the order of the validator.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export async function findViolations(validator: StandardValidator, body: unknown): Promise<Violation[]> {
  const { issues = [] } = await validator['~standard'].validate(body);
  return issues.map(({ message, path = [] }) => ({
    pointer: path.map((key) => `/${escapeKey(String(typeof key === 'object' ? key.key : key))}`).join(''),
    expected: message,
  }));
}

/**
 * Says what is wrong with a body, in words that follow "its body breaks the contract".
 */
export function describeViolations(violations: readonly Violation[]): string {
  return violations.map(({ pointer, expected }) => `${pointer || 'the whole'} ${expected}`).join('; ');
}

function escapeKey(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}
