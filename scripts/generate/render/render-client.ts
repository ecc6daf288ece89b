import type { OperationModel } from '../model/operation-model.ts';
import type { Origin } from '../origin.ts';
import { renderDocComment } from './doc-comment.ts';
import { quote, renderKey } from './literal.ts';
import { hasRequiredOptions, renderOptionsType } from './render-options-type.ts';
import { renderResultType } from './render-result-type.ts';
import { renderSchemaImport } from './schema-type.ts';

const preamble = `
/** Options that every operation takes. */
export interface CallOptions {
  /** Aborts the call. */
  signal?: AbortSignal;
  /** Milliseconds until the call fails, its body included. Overrides the client's. */
  timeoutMs?: number;
}

/** Performs one operation by its operationId. \`createSender\` of nexudus-auth-contract makes one. */
export type Send = <Result>(operationId: OperationId, options?: object) => Promise<Result>;
`;

/**
 * Renders `client.ts` without its header: the options and the result of each operation as types, and a client
 * that has the operations as functions.
 */
export function renderClient(operations: readonly OperationModel[], origin: Origin): string {
  const types = operations.flatMap((operation) => [
    renderOptionsType(operation),
    renderResultType(operation),
  ]);
  const signatures = operations.map((operation) => renderSignature(operation, origin));
  const functions = operations.map(
    ({ id }) => `    ${renderKey(id)}: (options) => send(${quote(id)}, options),\n`,
  );
  const body = [preamble, ...types.map((type) => `\n${type}`)].join('');
  return `
import type { OperationId } from './operations.ts';
${renderSchemaImport(body)}${body}
/** The operations of the spec, as functions. */
export interface Client {
${signatures.join('\n')}}

/** Makes the operations as functions of a sender. */
export function createClient(${operations.length === 0 ? '_send' : 'send'}: Send): Client {
  return {
${functions.join('')}  };
}
`;
}

function renderSignature(model: OperationModel, origin: Origin): string {
  const optional = hasRequiredOptions(model) ? '' : '?';
  return `${renderDocComment(describeOperation(model, origin), '  ')}  ${renderKey(model.id)}(options${optional}: ${model.typeName}Options): Promise<${model.typeName}Result>;\n`;
}

function describeOperation({ method, path, operation }: OperationModel, { specFile }: Origin): string[] {
  const evidence = 'x-evidence' in operation ? operation['x-evidence'] : undefined;
  const url = operation.externalDocs?.url;
  const tags = [
    ...(operation.deprecated === true ? ['@deprecated'] : []),
    `@see ${method.toUpperCase()} ${path} in ${specFile}`,
    ...(url === undefined ? [] : [`@see ${url}`]),
  ];
  return [
    escapeTags(operation.summary?.trim().replace(/([^.!?:])$/, '$1.')),
    escapeTags(operation.description),
    typeof evidence === 'string' ? `Evidence: ${evidence}` : '',
    tags.join('\n'),
  ];
}

// An `@` that begins a line would be a tag: text that mentions `@deprecated` must not deprecate.
function escapeTags(text = ''): string {
  return text.replaceAll(/^(\s*)@/gm, '$1\\@');
}
