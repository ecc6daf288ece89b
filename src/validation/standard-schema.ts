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
