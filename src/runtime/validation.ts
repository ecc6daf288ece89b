/** What is wrong with a value, in the words of Standard Schema. */
export interface StandardIssue {
  /** What is expected. It must not quote the value, which can hold a token. */
  readonly message: string;
  /** Keys from the value down to what is wrong. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * A validator, as far as the client calls it. Those that are generated are such, and so are the schemas of libraries
 * that follow Standard Schema.
 *
 * @see https://standardschema.dev
 */
export interface StandardValidator {
  readonly '~standard': {
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>;
  };
}

type StandardResult = { readonly issues?: readonly StandardIssue[] | undefined };

/** Validators of JSON bodies, by operationId and by status, range or `default`, as the spec has it. */
export type ResponseValidators = Readonly<
  Record<string, Readonly<Record<string, StandardValidator>> | undefined>
>;

/** Where a body breaks the contract. */
export interface Violation {
  /** JSON pointer into the body: `/items/0/name`, and an empty one for the body itself. */
  readonly pointer: string;
  /** What the contract says of it: `must be boolean`. */
  readonly expected: string;
}

/**
 * Lists where a body breaks the contract, in the order of the validator.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
async function findViolations(validator: StandardValidator, body: unknown): Promise<Violation[]> {
  const { issues = [] } = await validator['~standard'].validate(body);
  return issues.map(({ message, path = [] }) => ({
    pointer: path.map((key) => `/${escapeKey(String(typeof key === 'object' ? key.key : key))}`).join(''),
    expected: message,
  }));
}

/**
 * Says what is wrong with a body, in words that follow "its body breaks the contract".
 */
function describeViolations(violations: readonly Violation[]): string {
  return violations.map(({ pointer, expected }) => `${pointer || 'the whole'} ${expected}`).join('; ');
}

function escapeKey(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}

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
