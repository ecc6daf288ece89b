import { isBearerToken } from '../../openapi/credentials.ts';
import type { OperationModel, RequestBodyModel, RequestContentModel } from '../model/operation-model.ts';
import { quote, renderDocComment, renderKey, toOneLine } from '../text/literal.ts';
import { type NameBody, renderSchemaType } from './results.ts';

/**
 * Renders the type of all credentials that are no bearer token, by security scheme.
 */
export function renderCredentials(operations: readonly OperationModel[]): string {
  const schemes = operations.flatMap((model) => listCredentials(model));
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

function listCredentials({ security }: OperationModel): [name: string, type: string][] {
  const all = security.places.flatMap((alternative) => Object.entries(alternative));
  return all
    .filter(([, scheme]) => !isBearerToken(scheme))
    .map(([name, { scheme }]) => [
      name,
      scheme === 'Basic' ? '{ username: string; password: string }' : 'string',
    ]);
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
export function hasRequiredOptions(model: OperationModel): boolean {
  return (
    model.requestBody?.required === true ||
    listOptions(model, (type) => type).some(({ required }) => required)
  );
}

/**
 * Renders the options of an operation as a type: parameters by place, body and credentials.
 */
export function renderOptionsType(model: OperationModel, nameBody: NameBody): string {
  const comment = renderDocComment([`Options of \`${toOneLine(model.id)}\`.`]);
  const options = listOptions(model, nameBody);
  const bodies = renderBodyChoice(model, nameBody);
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

function listOptions(model: OperationModel, nameBody: NameBody): OptionModel[] {
  const schemaType = renderSchemaType(model);
  const [content, ...others] = model.requestBody?.contents ?? [];
  return [
    ...listParameterOptions(model, schemaType),
    ...(model.requestBody === undefined || content === undefined || others.length > 0
      ? []
      : listBodyOptions(model, content, model.requestBody, nameBody)),
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
  model: OperationModel,
  content: RequestContentModel,
  { required }: RequestBodyModel,
  nameBody: NameBody,
): OptionModel[] {
  const { method } = model;
  const { mediaType } = content;
  const isUnsendable = method === 'get' || method === 'head';
  const note = isUnsendable
    ? ` fetch sends no body with ${method.toUpperCase()}: leave it out, or give createSender a fetch that does.`
    : '';
  const comment = `Sent as ${toOneLine(mediaType)}.${note}`;
  const body = {
    name: 'body',
    required,
    type: renderRequestType(content, required, model, nameBody),
    comment,
  };
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
function renderBodyChoice(model: OperationModel, nameBody: NameBody): string {
  const { contents = [], required = false } = model.requestBody ?? {};
  if (contents.length < 2) {
    return '';
  }
  const choices = contents.map((content, index) => {
    const type = renderRequestType(content, required, model, nameBody);
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
  model: OperationModel,
  nameBody: NameBody,
): string {
  if (kind === 'blob' || kind === 'events' || (kind === 'text' && !isString)) {
    return kind === 'blob' ? 'BinaryBody' : 'string';
  }
  const body = `${renderSchemaType(model)}['requestBody']`;
  const documented = nameBody(`${required ? body : `NonNullable<${body}>`}['content'][${quote(mediaType)}]`);
  const ready = { json: '', text: '', form: ' | URLSearchParams', multipart: ' | FormData' };
  return documented + ready[kind];
}

function listCredentialOptions(model: OperationModel): OptionModel[] {
  const { bearerToken } = model.security;
  const token = { name: 'bearerToken', type: 'string', comment: 'Sent in the Authorization header.' };
  const names = [...new Set(listCredentials(model).map(([name]) => quote(name)))];
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
