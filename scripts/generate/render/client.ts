import type { OperationModel, RequestBodyModel, ResponseModel } from '../model/operation-model.ts';
import type { Origin } from '../model/origin.ts';
import { lineWidth, quote, renderDocComment, renderKey } from '../text/literal.ts';

const preamble = `
/** Options that every operation takes. */
export interface CallOptions {
  /** Aborts the call. */
  signal?: AbortSignal;
  /** Milliseconds until the call fails, its body included. Overrides the client's. */
  timeoutMs?: number;
}

/** Performs one operation by its operationId. \`createSender\` of openapi-contract-kit/client makes one. */
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

interface OptionModel {
  name: string;
  required: boolean;
  type: string;
  comment?: string;
}

/**
 * Tells whether an operation can't be called without options.
 */
function hasRequiredOptions(model: OperationModel): boolean {
  return listOptions(model).some(({ required }) => required);
}

/**
 * Renders the options of an operation as a type: parameters by place, body and bearer token.
 */
function renderOptionsType(model: OperationModel): string {
  const comment = renderDocComment([`Options of \`${model.id}\`.`]);
  const options = listOptions(model);
  if (options.length === 0) {
    return `${comment}export type ${model.typeName}Options = CallOptions;\n`;
  }
  const members = options.map(
    ({ name, required, type, comment }) =>
      `${renderDocComment([comment], '  ')}  ${name}${required ? '' : '?'}: ${type};\n`,
  );
  return `${comment}export interface ${model.typeName}Options extends CallOptions {\n${members.join('')}}\n`;
}

function listOptions(model: OperationModel): OptionModel[] {
  const schemaType = renderSchemaType(model);
  return [
    ...listParameterOptions(model, schemaType),
    ...(model.requestBody === undefined ? [] : [toBodyOption(model.requestBody, schemaType)]),
    ...listTokenOptions(model),
  ];
}

// Cookies are left out: fetch lets no caller set them.
function listParameterOptions({ parameters }: OperationModel, schemaType: string): OptionModel[] {
  return (['path', 'query', 'header'] as const).flatMap((place) => {
    const inPlace = parameters.filter((parameter) => parameter.in === place);
    if (inPlace.length === 0) {
      return [];
    }
    const required = place === 'path' || inPlace.some((parameter) => parameter.required === true);
    const type = `${schemaType}['parameters'][${quote(place)}]`;
    return [{ name: place, required, type: required ? type : `NonNullable<${type}>` }];
  });
}

function toBodyOption(body: RequestBodyModel, schemaType: string): OptionModel {
  const type = `${schemaType}['requestBody']`;
  const others =
    body.otherMediaTypes.length === 0 ? '' : ` The spec also has ${body.otherMediaTypes.join(', ')}.`;
  return {
    name: 'body',
    required: body.required,
    type: `${body.required ? type : `NonNullable<${type}>`}['content'][${quote(body.mediaType)}]`,
    comment: `Sent as ${body.mediaType}.${others}`,
  };
}

function listTokenOptions({ security }: OperationModel): OptionModel[] {
  if (security.bearerToken === 'none') {
    return [];
  }
  const required = security.bearerToken === 'required';
  return [{ name: 'bearerToken', required, type: 'string', comment: 'Sent in the Authorization header.' }];
}

/**
 * Renders the result of an operation as a union that narrows on `status`, or `never` where the spec documents no
 * response.
 */
function renderResultType(model: OperationModel): string {
  const members = model.responses.flatMap((response) => renderMembers(response, renderSchemaType(model)));
  const union = members.length === 0 ? ' never' : members.map((member) => `\n  | ${member}`).join('');
  const comment = renderDocComment([`Result of \`${model.id}\`, told apart by \`status\`.`]);
  return `${comment}export type ${model.typeName}Result =${union};\n`;
}

function renderMembers(response: ResponseModel, schemaType: string): string[] {
  const successes = response.statuses.filter((status) => status >= 200 && status < 300);
  const others = response.statuses.filter((status) => !successes.includes(status));
  const body = renderBodyType(response, schemaType);
  return [
    ...(successes.length === 0 ? [] : [renderMember(successes, true, body)]),
    ...(others.length === 0 ? [] : [renderMember(others, false, body)]),
  ];
}

function renderMember(statuses: readonly number[], ok: boolean, body: string): string {
  const line = `{ status: ${statuses.join(' | ')}; ok: ${ok}; body: ${body}; response: Response }`;
  if (line.length + 4 <= lineWidth) {
    return line;
  }
  const members = [`status: ${renderStatuses(statuses)}`, `ok: ${ok}`, `body: ${body}`, 'response: Response'];
  return `{\n${members.map((member) => `      ${member};\n`).join('')}    }`;
}

function renderStatuses(statuses: readonly number[]): string {
  const perLine = 14;
  if (statuses.length <= perLine) {
    return statuses.join(' | ');
  }
  const lines = Array.from({ length: Math.ceil(statuses.length / perLine) }, (_, index) =>
    statuses.slice(index * perLine, (index + 1) * perLine).join(' | '),
  );
  return lines.map((line) => `\n        | ${line}`).join('');
}

/**
 * Renders the type of a response's body.
 *
 * @param schemaType the type that `schema.ts` has for the operation
 */
export function renderBodyType({ key, content }: ResponseModel, schemaType: string): string {
  if (content === undefined) {
    return 'undefined';
  }
  // What is read as bytes or as text is of that type, whatever its schema calls it.
  if (content.kind === 'blob' || (content.kind === 'text' && !content.isString)) {
    return content.kind === 'blob' ? 'Blob' : 'string';
  }
  const response = `${schemaType}['responses'][${/^\d+$/.test(key) ? key : quote(key)}]`;
  return content.mediaTypes.map((mediaType) => `${response}['content'][${quote(mediaType)}]`).join(' | ');
}

/**
 * Renders the type that `schema.ts` has for an operation. openapi-typescript lists those with an operationId under
 * `operations`, and the others under their path only.
 */
export function renderSchemaType({ method, path, operation }: OperationModel): string {
  return operation.operationId
    ? // It writes a `#` in an operationId as a slash.
      `operations[${quote(operation.operationId.replaceAll('#', '/'))}]`
    : `paths[${quote(path)}][${quote(method)}]`;
}

/**
 * Renders the import of what generated code uses of `schema.ts`, if anything.
 */
export function renderSchemaImport(code: string): string {
  const names = ['operations', 'paths'].filter((name) => code.includes(`${name}['`));
  return names.length === 0 ? '' : `import type { ${names.join(', ')} } from './schema.ts';\n`;
}
