/** How the body of a response is read; `none` where the spec documents no body. */
export type BodyKind = 'json' | 'text' | 'blob' | 'none';

/** A query parameter, as far as building a URL needs to know it. */
export interface QueryParameter {
  readonly name: string;
  readonly required: boolean;
  /** The only value that the spec allows. */
  readonly const?: string | number | boolean;
  /** A regular expression, not anchored by itself. */
  readonly pattern?: string;
}

/** How an operation goes over the wire. */
export interface Operation {
  /** In upper case. */
  readonly method: string;
  /** With `{placeholders}`. */
  readonly path: string;
  /** The spec asks for no credentials in a header, query or cookie. */
  readonly public: boolean;
  /** Media type of the request body; missing where the spec documents no body. */
  readonly requestMediaType?: string;
  /** By status, range or `default`, as the spec has it. */
  readonly responses: Readonly<Record<string, BodyKind>>;
  /** In the order of the spec. */
  readonly query: readonly QueryParameter[];
}

/** Operations by operationId: the `operations` of a generated `operations.ts`. */
export type OperationsTable<OperationId extends string = string> = Readonly<Record<OperationId, Operation>>;

/** An answer that the spec shows. */
export interface ExampleAnswer {
  /** The first one of those that a range or `default` stands for. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Data where `Content-Type` is JSON, else text; missing where the spec documents no body. */
  readonly body?: unknown;
}

/** Answers by operationId and by name: the `examples` of a generated `examples.ts`. */
export type ExamplesTable<OperationId extends string = string> = Readonly<
  Record<OperationId, Readonly<Record<string, ExampleAnswer>>>
>;
