import type { ParameterModel } from '../../openapi/operations.ts';
import type { OperationModel } from '../model/operation-model.ts';
import { renderKey, renderLiteral } from '../text/literal.ts';

const shape = `
/** How the body of a response is read; \`none\` where the spec documents no body. */
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
  /** With \`{placeholders}\`. */
  readonly path: string;
  /** The spec asks for no credentials in a header, query or cookie. */
  readonly public: boolean;
  /** Media type of the request body; missing where the spec documents no body. */
  readonly requestMediaType?: string;
  /** By status, range or \`default\`, as the spec has it. */
  readonly responses: Readonly<Record<string, BodyKind>>;
  /** In the order of the spec. */
  readonly query: readonly QueryParameter[];
}
`;

/**
 * Renders `operations.ts` without its header: the operations table, plain data by operationId.
 */
export function renderOperations(operations: readonly OperationModel[]): string {
  const entries = operations.map(
    (operation) => `  ${renderKey(operation.id)}: ${renderLiteral(toTableEntry(operation), '  ')},\n`,
  );
  return `${shape}
/** The operations of the spec, by operationId. */
export const operations = {
${entries.join('')}} as const;

/** Name of an operation in the spec. */
export type OperationId = keyof typeof operations;
`;
}

function toTableEntry({
  method,
  path,
  security,
  requestBody,
  responses,
  parameters,
}: OperationModel): object {
  return {
    method: method.toUpperCase(),
    path,
    public: security.isPublic,
    requestMediaType: requestBody?.mediaType,
    responses: Object.fromEntries(responses.map(({ key, content }) => [key, content?.kind ?? 'none'])),
    query: parameters.filter((parameter) => parameter.in === 'query').map(toQueryParameter),
  };
}

function toQueryParameter({ name, required, schema }: ParameterModel): object {
  return {
    name,
    required: required === true,
    const: ['string', 'number', 'boolean'].includes(typeof schema?.const) ? schema?.const : undefined,
    pattern: schema?.pattern,
  };
}
