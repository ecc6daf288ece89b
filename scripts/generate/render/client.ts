import type { ContentModel } from '../model/media-types.ts';
import type {
  OperationModel,
  RequestBodyModel,
  RequestContentModel,
  ResponseModel,
} from '../model/operation-model.ts';
import type { Origin } from '../model/origin.ts';
import { takesBearer } from '../model/wire.ts';
import { lineWidth, quote, renderDocComment, renderKey } from '../text/literal.ts';
import { renderStatuses, statusTypes } from './statuses.ts';

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
/** A result whose bytes come as a stream, where they are asked for so. */
export type Streamed<Result> = Result extends { body: Blob }
  ? Omit<Result, 'body'> & { body: ReadableStream<Uint8Array> }
  : Result;
`,
};

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
  const body = types.map((type) => `\n${type}`).join('');
  const used = [body, ...signatures].join('');
  const helpers = Object.entries({ ...helperTypes, ...statusTypes }).filter(([name]) =>
    new RegExp(`\\b${name}\\b`).test(used),
  );
  return `
import type { OperationId } from './operations.ts';
${renderSchemaImport(body)}${preamble}${helpers.map(([, text]) => text).join('')}${renderCredentials(operations)}${body}
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

/**
 * Renders the type of all credentials that are no bearer token, by security scheme.
 */
function renderCredentials(operations: readonly OperationModel[]): string {
  const schemes = operations.flatMap((model) => listSchemes(model));
  const members = [...new Map(schemes)].map(([name, type]) => `  ${renderKey(name)}?: ${type};\n`);
  return members.length === 0
    ? ''
    : `
/**
 * API keys, and names with passwords, by the names of their security schemes. \`createSender\` takes them for all calls.
 */
export type Credentials = {
${members.join('')}};
`;
}

function listSchemes({ schemes }: OperationModel): [name: string, type: string][] {
  const all = schemes.flatMap((alternative) => Object.entries(alternative));
  return all
    .filter(([, scheme]) => !takesBearer(scheme))
    .map(([name, { scheme }]) => [
      name,
      scheme === 'Basic' ? '{ username: string; password: string }' : 'string',
    ]);
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

// A tag that goes on in another line would take the first one of its text for a tag as well.
function toOneLine(text: string): string {
  return text.replace(/[\s\u2028\u2029]+/g, ' ');
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
 * Renders the options of an operation as a type: parameters by place, body and credentials.
 */
function renderOptionsType(model: OperationModel): string {
  const comment = renderDocComment([`Options of \`${toOneLine(model.id)}\`.`]);
  const options = listOptions(model);
  const bodies = renderBodyChoice(model);
  const name = `${model.typeName}Options`;
  if (options.length === 0) {
    return `${comment}export type ${name} = CallOptions${bodies === '' ? '' : ` & ${bodies}`};\n`;
  }
  const members = options.map(
    ({ name, required, type, comment }) =>
      `${renderDocComment([comment], '  ')}  ${name}${required ? '' : '?'}: ${type};\n`,
  );
  return bodies === ''
    ? `${comment}export interface ${name} extends CallOptions {\n${members.join('')}}\n`
    : `${comment}export type ${name} = CallOptions & {\n${members.join('')}} & ${bodies};\n`;
}

function listOptions(model: OperationModel): OptionModel[] {
  const schemaType = renderSchemaType(model);
  const [content, ...others] = model.requestBody?.contents ?? [];
  return [
    ...listParameterOptions(model, schemaType),
    ...(model.requestBody === undefined || content === undefined || others.length > 0
      ? []
      : listBodyOptions(model, content, model.requestBody, schemaType)),
    ...listCredentialOptions(model),
    ...listAcceptOptions(model),
  ];
}

function listParameterOptions({ parameters }: OperationModel, schemaType: string): OptionModel[] {
  return (['path', 'query', 'header', 'cookie'] as const).flatMap((place) => {
    const inPlace = parameters.filter((parameter) => parameter.in === place);
    if (inPlace.length === 0) {
      return [];
    }
    const required = place === 'path' || inPlace.some((parameter) => parameter.required === true);
    const type = `${schemaType}['parameters'][${quote(place)}]`;
    const option = { name: place, required, type: required ? type : `NonNullable<${type}>` };
    const comment = 'A browser sends its own cookies and lets no script set any: leave them out there.';
    return [place === 'cookie' ? { ...option, required: false, comment } : option];
  });
}

function listBodyOptions(
  { method }: OperationModel,
  content: RequestContentModel,
  { required }: RequestBodyModel,
  schemaType: string,
): OptionModel[] {
  const { mediaType } = content;
  const isUnsendable = method === 'get' || method === 'head';
  const note = isUnsendable
    ? ` fetch sends no body with ${method.toUpperCase()}: leave it out, or give createSender a fetch that does.`
    : '';
  const comment = `Sent as ${toOneLine(mediaType)}.${note}`;
  const body = { name: 'body', required, type: renderRequestType(content, required, schemaType), comment };
  return mediaType.includes('*')
    ? [
        body,
        { name: 'contentType', required: false, type: renderMediaType(mediaType), comment: 'Of the body.' },
      ]
    : [body];
}

/**
 * Renders the body of an operation that takes several media types: which one is sent, `contentType` says. The first one
 * needs no saying.
 */
function renderBodyChoice(model: OperationModel): string {
  const { contents = [], required = false } = model.requestBody ?? {};
  if (contents.length < 2) {
    return '';
  }
  const choices = contents.map((content, index) => {
    const type = renderRequestType(content, required, renderSchemaType(model));
    return `\n  | { contentType${index === 0 ? '?' : ''}: ${renderMediaType(content.mediaType)}; body${required ? '' : '?'}: ${type} }`;
  });
  return `(${choices.join('')}\n)`;
}

function renderMediaType(mediaType: string): string {
  return mediaType.includes('*')
    ? `\`${mediaType.replace(/[`\\$]/g, '\\$&').replaceAll('*', `$${'{string}'}`)}\``
    : quote(mediaType);
}

function renderRequestType(
  { mediaType, kind, isString }: RequestContentModel,
  required: boolean,
  schemaType: string,
): string {
  const documented = `${required ? `${schemaType}['requestBody']` : `NonNullable<${schemaType}['requestBody']>`}['content'][${quote(mediaType)}]`;
  const types = {
    json: documented,
    text: isString ? documented : 'string',
    form: `${documented} | URLSearchParams`,
    multipart: `${documented} | FormData`,
    blob: 'BinaryBody',
    events: 'string',
  };
  return types[kind];
}

function listCredentialOptions(model: OperationModel): OptionModel[] {
  const { bearerToken } = model.security;
  const token = { name: 'bearerToken', type: 'string', comment: 'Sent in the Authorization header.' };
  const names = [...new Set(listSchemes(model).map(([name]) => quote(name)))];
  const comment = 'Overrides those of the client.';
  return [
    ...(bearerToken === 'none' ? [] : [{ ...token, required: bearerToken === 'required' }]),
    ...(names.length === 0
      ? []
      : [{ name: 'credentials', required: false, type: `Pick<Credentials, ${names.join(' | ')}>`, comment }]),
  ];
}

function listAcceptOptions({ responses }: OperationModel): OptionModel[] {
  const chosen = responses.filter(({ key, contents }) => /^2|^default$/.test(key) && contents.length > 1);
  const names = chosen.flatMap(({ contents }) => contents.flatMap(({ mediaTypes }) => mediaTypes));
  const types = [...new Set(names)].map(renderMediaType);
  const comment = 'The media type to ask for. Default: any of them.';
  return types.length === 0 ? [] : [{ name: 'accept', required: false, type: types.join(' | '), comment }];
}

/**
 * Renders the result of an operation as a union that narrows on `status`, or `never` where the spec documents no
 * response.
 */
function renderResultType(model: OperationModel): string {
  const members = model.responses.flatMap((response) => renderMembers(response, renderSchemaType(model)));
  const union = members.length === 0 ? ' never' : members.map((member) => `\n  | ${member}`).join('');
  const comment = renderDocComment([`Result of \`${toOneLine(model.id)}\`, discriminated by \`status\`.`]);
  return `${comment}export type ${model.typeName}Result =${union};\n`;
}

function renderMembers(response: ResponseModel, schemaType: string): string[] {
  const { contents, statuses } = response;
  const successes = statuses.filter((status) => status >= 200 && status < 300);
  const others = statuses.filter((status) => !successes.includes(status));
  const bodies =
    contents.length < 2
      ? [[`body: ${renderBodyType(response, schemaType)}`]]
      : contents.map((content) => {
          const types = content.mediaTypes.map(quote).join(' | ');
          return [`contentType: ${types}`, `body: ${renderContentType(response.key, content, schemaType)}`];
        });
  return [
    ...(successes.length === 0 ? [] : bodies.map((body) => renderMember(successes, true, body))),
    ...(others.length === 0 ? [] : bodies.map((body) => renderMember(others, false, body))),
  ];
}

function renderMember(statuses: readonly number[], ok: boolean, body: readonly string[]): string {
  const members = [`status: ${renderStatuses(statuses)}`, `ok: ${ok}`, ...body, 'response: Response'];
  const line = `{ ${members.join('; ')} }`;
  return line.length + 4 <= lineWidth
    ? line
    : `{\n${members.map((member) => `      ${member};\n`).join('')}    }`;
}

/**
 * Renders the type of a response's body.
 *
 * @param schemaType the type that `schema.ts` has for the operation
 */
export function renderBodyType(
  { key, content }: Pick<ResponseModel, 'key' | 'content'>,
  schemaType: string,
): string {
  return content === undefined ? 'undefined' : renderContentType(key, content, schemaType);
}

function renderContentType(
  key: string,
  { kind, mediaTypes, isString }: ContentModel,
  schemaType: string,
): string {
  // What is read as bytes or as text is of that type, whatever its schema calls it.
  if (kind === 'blob' || (kind === 'text' && !isString)) {
    return kind === 'blob' ? 'Blob' : 'string';
  }
  if (kind === 'events' && isString) {
    return 'AsyncIterable<ServerSentEvent>';
  }
  const response = `${schemaType}['responses'][${/^\d+$/.test(key) ? key : quote(key)}]`;
  const type = mediaTypes.map((mediaType) => `${response}['content'][${quote(mediaType)}]`).join(' | ');
  return kind === 'events' ? `AsyncIterable<ServerSentEvent<${type}>>` : type;
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
