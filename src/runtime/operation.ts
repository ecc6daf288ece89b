/** How the body of a response is read; `events` are server-sent; `none` where the spec documents no body. */
export type BodyKind = 'json' | 'text' | 'blob' | 'events' | 'none';

/**
 * How a value is written into a URL, a header, a cookie or a field of a form. What is missing is the default of its
 * place: `form` in a query, a cookie and a form, `simple` in a path and a header.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
export interface ValueStyle {
  readonly style?: 'form' | 'simple' | 'label' | 'matrix' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';
  /** Whether each item of a list or object is written on its own. Default: with `form` only. */
  readonly explode?: boolean;
  /** Leaves characters such as `/` and `:` as they are. */
  readonly allowReserved?: boolean;
  /** The media type that the value is written in: JSON in a parameter, any in a form. */
  readonly contentType?: string;
}

/** A query parameter, as far as building a URL needs to know it. */
export interface QueryParameter extends ValueStyle {
  readonly name: string;
  readonly required: boolean;
  /** The only value that the spec allows. */
  readonly const?: string | number | boolean;
  /** A regular expression, not anchored by itself. */
  readonly pattern?: string;
}

/** Styles by the name of a parameter or of a field. */
export type ValueStyles = Readonly<Record<string, ValueStyle>>;

/** Where a credential travels. */
export interface SecurityScheme {
  readonly in: 'header' | 'query' | 'cookie';
  /** The name of the header, the query parameter or the cookie. */
  readonly name: string;
  /** Of HTTP authentication, as in the header: `Basic`, `Bearer`. */
  readonly scheme?: string;
}

/** How an operation goes over the wire. */
export interface Operation {
  /** In upper case. */
  readonly method: string;
  /** With `{placeholders}`. */
  readonly path: string;
  /** The spec asks for no credentials in a header, query or cookie. */
  readonly public: boolean;
  /** Media type of the request body unless the call chooses; missing where the spec documents no body. */
  readonly requestMediaType?: string;
  /**
   * How a body is read, by status, range or `default`, as the spec has it. Where that depends on the media type that
   * comes, it is by media type.
   */
  readonly responses: Readonly<Record<string, BodyKind | Readonly<Record<string, BodyKind>>>>;
  /** In the order of the spec. */
  readonly query: readonly QueryParameter[];
  /** Parameters elsewhere that are not in the default style of their place. */
  readonly styles?: { readonly [Place in 'path' | 'header' | 'cookie']?: ValueStyles };
  /** How fields are written, by the media type of the form and by name. */
  readonly encoding?: Readonly<Record<string, ValueStyles>>;
  /** The `Accept` header. Default: `application/json` where the spec documents JSON. */
  readonly accept?: string;
  /** Alternatives of what the operation asks for, by the names of the security schemes. */
  readonly security?: readonly Readonly<Record<string, SecurityScheme>>[];
}

/**
 * Operations by operationId: the `operations` of a generated `operations.ts`. One mapped type, and not `Readonly` of a
 * `Record`, halves what 1,000 operations cost the compiler.
 */
export type OperationsTable<OperationId extends string = string> = {
  readonly [Id in OperationId]: Operation;
};

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
