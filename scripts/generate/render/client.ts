import type { OperationModel } from '../model/operation-model.ts';
import type { Origin } from '../model/origin.ts';
import { quote, renderDocComment, toOneLine } from '../text/literal.ts';
import { hasRequiredOptions, renderCredentials, renderOptionsType } from './options.ts';
import {
  type NameBody,
  type NamedBodies,
  renderResultType,
  renderSchemaImport,
  statusTypes,
} from './results.ts';

const preamble = `
/** Options that every operation takes. */
export interface CallOptions {
  /** Aborts the call. */
  signal?: AbortSignal;
  /** Milliseconds until the call fails, its body included; of a stream, until it begins. Overrides the client's. */
  timeoutMs?: number;
  /** Whether a redirect is followed or is an answer. Overrides the client's. */
  redirect?: 'manual' | 'follow';
}

/** Performs one operation by its operationId. \`createSender\` of openapi-contract-kit/client makes one. */
export type Send = <Result>(operationId: OperationId, options?: object) => Promise<Result>;
`;

/** Types that only some APIs need. */
const helperTypes = {
  BinaryBody: `
/** Bytes to send. A stream can be sent once, and not by every browser. */
export type BinaryBody = Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array>;
`,
  ServerSentEvent: `
/** An event of a stream, as the server sends it. */
export interface ServerSentEvent<Json = unknown> {
  /** Default: \`message\`. */
  readonly event: string;
  /** Its lines, joined by a line feed. */
  readonly data: string;
  /** \`data\` as JSON; \`undefined\` where it is none, as \`[DONE]\`. */
  readonly json: Json | undefined;
  /** The last id that the stream has named: to go on from it, send it as \`Last-Event-ID\`. Empty before the first. */
  readonly id: string;
  /** How long the server asks to wait before the next connection, where it has said so. */
  readonly retryMs: number | undefined;
}
`,
  Streamed: `
/** A result whose bytes come as a stream if the call asks for one. */
export type Streamed<Result> = Result extends { body: Blob }
  ? Omit<Result, 'body'> & { body: ReadableStream<Uint8Array> }
  : Result;
`,
};

/**
 * Renders `client.ts` without its header: the options and the result of each operation as types, and a client
 * that has the operations as functions.
 */
export function renderClient(
  operations: readonly OperationModel[],
  origin: Origin,
  namedBodies: NamedBodies,
): string {
  const { nameBody, used: names } = createNaming(operations, namedBodies);
  const types = operations.flatMap((operation) => [
    renderOptionsType(operation, nameBody),
    renderResultType(operation, nameBody),
  ]);
  const signatures = operations.map((operation) => renderSignature(operation, origin));
  const body = types.map((type) => `\n${type}`).join('');
  const used = [body, ...signatures].join('');
  const helpers = Object.entries({ ...helperTypes, ...statusTypes }).filter(([name]) =>
    new RegExp(`\\b${name}\\b`).test(used),
  );
  return `
import type { OperationId } from './operations.ts';
${renderSchemaImport(body, [...names].sort())}${preamble}${helpers.map(([, text]) => text).join('')}${renderCredentials(operations)}${body}
/** The operations of the spec, as functions. */
export interface Client {
${signatures.join('\n')}}

/** Makes the operations as functions of a sender. */
export function createClient(${operations.length === 0 ? '_send' : 'send'}: Send): Client {
  return {
${operations.map(renderFunction).join('')}  };
}
`;
}

/** What the client declares or uses under a name of its own, beside the options and the result of each operation. */
const ownNames = `
  CallOptions Send OperationId Client createClient Credentials
  AbortSignal ArrayBuffer ArrayBufferView AsyncIterable Blob Exclude FormData NonNullable Omit Pick Promise
  ReadableStream Response Uint8Array URLSearchParams
`;

function createNaming(
  operations: readonly OperationModel[],
  namedBodies: NamedBodies,
): { nameBody: NameBody; used: ReadonlySet<string> } {
  const taken = new Set([
    ...ownNames.trim().split(/\s+/),
    ...Object.keys({ ...helperTypes, ...statusTypes }),
    ...operations.flatMap(({ typeName }) => [`${typeName}Options`, `${typeName}Result`]),
  ]);
  const used = new Set<string>();
  const nameBody = (expression: string): string => {
    const name = namedBodies.get(expression);
    if (name === undefined || taken.has(name)) {
      return expression;
    }
    used.add(name);
    return name;
  };
  return { nameBody, used };
}

function renderFunction(model: OperationModel): string {
  const { id, functionName, typeName } = model;
  // Both signatures of a function that can stream take what is promised here.
  return isDownload(model)
    ? `    ${functionName}: (options?: ${typeName}Options) => send<never>(${quote(id)}, options),\n`
    : `    ${functionName}: (options) => send(${quote(id)}, options),\n`;
}

function isDownload({ responses }: OperationModel): boolean {
  return responses.some(({ contents }) => contents.some(({ kind }) => kind === 'blob'));
}

function renderSignature(model: OperationModel, origin: Origin): string {
  const optional = hasRequiredOptions(model) ? '' : '?';
  const { functionName, typeName } = model;
  const comment = renderDocComment(describeOperation(model, origin), '  ');
  const line = `  ${functionName}(options${optional}: ${typeName}Options): Promise<${typeName}Result>;\n`;
  const stream = `  ${functionName}(options: ${typeName}Options & { stream: true }): Promise<Streamed<${typeName}Result>>;\n`;
  return isDownload(model) ? comment + stream + comment + line : comment + line;
}

function describeOperation({ method, path, operation }: OperationModel, { specFile }: Origin): string[] {
  const evidence = 'x-evidence' in operation ? operation['x-evidence'] : undefined;
  const url = operation.externalDocs?.url;
  const tags = [
    ...(operation.deprecated === true ? ['@deprecated'] : []),
    `@see ${method.toUpperCase()} ${toOneLine(path)} in ${specFile}`,
    ...(typeof url === 'string' ? [`@see ${toOneLine(url)}`] : []),
  ];
  return [
    escapeTags(operation.summary?.trim().replace(/([^.!?:])$/, '$1.')),
    escapeTags(operation.description),
    typeof evidence === 'string' ? escapeTags(`Evidence: ${evidence}`) : '',
    tags.join('\n'),
  ];
}

// An `@` that begins a line would be a tag: text that mentions `@deprecated` must not deprecate.
function escapeTags(text = ''): string {
  return text.replaceAll(/^(\s*)@/gm, '$1\\@');
}
