import { isDecodable, isFormType, isJsonType, isMultipartType } from '../../http/media-types.ts';
import type { Components, Operation } from './library.ts';

type Content = NonNullable<Operation['responses'][number]['contents']>[number];

/**
 * Prepares an operation for Prism.
 *
 * Without its callbacks: Prism would call any URL that a request names, and its process dies of an answer whose media
 * type is malformed. Without the lists of no parameters, since Prism reads a request for them all the same. And where a
 * response is an object in a type that has no text for it, as XML or plain text, with JSON beside it, JSON comes first.
 */
export function tidyOperation({ callbacks, request, ...operation }: Operation): Operation {
  const parts = Object.entries(request ?? {})
    .filter(([, part]) => !Array.isArray(part) || part.length > 0)
    .map(([name, part]) => [
      name,
      Array.isArray(part)
        ? part.filter((one) => isReadable(name, one)).map(tidyParameter)
        : tidyBody(part as Body),
    ]);
  return {
    ...operation,
    responses: operation.responses.map((response) =>
      response.contents === undefined ? response : { ...response, contents: putJsonFirst(response.contents) },
    ) as unknown as Operation['responses'],
    ...(request && { request: Object.fromEntries(parts) }),
  };
}

function putJsonFirst(contents: Content[]): Content[] {
  const [first] = contents;
  if (first === undefined || isJsonType(first.mediaType) || !isStructured(first)) {
    return contents;
  }
  const isJson = ({ mediaType }: Content): boolean => isJsonType(mediaType);
  return [...contents.filter(isJson), ...contents.filter((content) => !isJson(content))];
}

function isStructured({ examples: [example] = [], schema }: Content): boolean {
  if (example !== undefined && 'value' in example) {
    return typeof example.value === 'object';
  }
  const types = [schema?.type ?? []].flat();
  return types.some((type) => type === 'object' || type === 'array') || schema?.properties !== undefined;
}

// Prism looks an object's properties up in lower case, and a placeholder by a name without further signs.
function isReadable(part: string, { name, schema }: Parameter): boolean {
  if (part === 'path') {
    return /^[\w.-]+$/.test(name);
  }
  const isMixed = Object.keys(schema?.properties ?? {}).some((key) => key !== key.toLowerCase());
  return !(part === 'query' && isObject(schema) && isMixed);
}

interface Parameter {
  name: string;
  style?: string;
  explode?: boolean;
  required?: boolean;
  schema?: Schema;
}

const delimited: readonly unknown[] = ['spaceDelimited', 'pipeDelimited', 'commaDelimited', 'tabDelimited'];

// Prism knows one type of a parameter, and throws at a delimited style of anything but a list.
function tidyParameter(parameter: Parameter): Parameter {
  const { schema = {}, style } = parameter;
  const types = [schema.type ?? []].flat();
  const structured = types.find((type) => type === 'array' || type === 'object');
  const isWrong = delimited.includes(style) && structured !== 'array';
  const { oneOf, ...others } = schema;
  if (structured === 'array' && isObject(schema.items)) {
    // No style has a way to write these: people send JSON.
    return { ...parameter, schema: { ...schema, items: {} } };
  }
  if (style === 'spaceDelimited') {
    // Prism looks for the blank as it is encoded, which it no longer is.
    return { ...parameter, style: 'form', schema: {} };
  }
  return {
    ...parameter,
    ...(types.length > 1 && structured !== undefined ? { schema: { ...schema, type: structured } } : {}),
    // As a text, a number is both: of a number or a text, it would be more than one.
    ...(oneOf === undefined ? {} : { schema: { ...others, anyOf: oneOf } }),
    ...(isWrong ? { style: 'form' } : {}),
  };
}

interface BodyContent {
  mediaType: string;
  schema?: Schema;
  encodings?: { property: string; style?: string; explode?: boolean; allowReserved?: boolean }[];
}

interface Body {
  contents?: BodyContent[];
}

interface Schema {
  type?: unknown;
  oneOf?: unknown;
  anyOf?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
}

function tidyBody(body: Body): Body {
  return body.contents === undefined ? body : { ...body, contents: body.contents.map(tidyContent) };
}

function tidyContent(content: BodyContent): BodyContent {
  const { mediaType, schema } = content;
  if (isFormType(mediaType) || isMultipartType(mediaType)) {
    return schema?.properties === undefined ? content : tidyForm(content, schema.properties);
  }
  const isText = schema?.type === undefined || schema.type === 'string';
  // Of XML and the like, Prism sees the text.
  return isText || isJsonType(mediaType) || mediaType.startsWith('*') ? content : { ...content, schema: {} };
}

// Prism reads a list in a form only where an encoding says how, and no object at all, which is JSON as a rule.
function tidyForm(content: BodyContent, properties: Record<string, Schema>): BodyContent {
  const own = content.encodings ?? [];
  const styled = new Set(own.filter(({ style }) => style !== undefined).map(({ property }) => property));
  const names = Object.keys(properties);
  const lists = names.filter((name) => isList(properties[name]) && !styled.has(name));
  const objects = names.filter((name) => isObject(properties[name]) && !styled.has(name));
  // Prism takes a delimited list that is not sent for an empty text.
  const odd = own.filter(({ style }) => delimited.includes(style)).map(({ property }) => property);
  const encodings = own.filter(({ property }) => !lists.includes(property) && !odd.includes(property));
  const loose = Object.fromEntries([...objects, ...odd].map((name) => [name, {}]));
  return {
    ...content,
    schema:
      objects.length + odd.length === 0
        ? (content.schema ?? {})
        : { ...content.schema, properties: { ...properties, ...loose } },
    encodings: [
      ...encodings,
      ...lists.map((property) => ({ property, style: 'form', explode: false, allowReserved: true })),
    ],
  };
}

function isList(schema: Schema | undefined): boolean {
  return [schema?.type].flat().includes('array');
}

function isObject(schema: Schema | undefined): boolean {
  return schema?.type === 'object' || (schema?.type === undefined && schema?.properties !== undefined);
}

/** Has the values of a list in a form, which is a name that is repeated, stand in one. */
function joinLists({ resource, element }: Asked): Asked {
  const mediaType = element.headers?.['content-type'] ?? '';
  const { body } = element;
  if (typeof body !== 'string' || !isFormType(mediaType)) {
    return { resource, element };
  }
  const { contents = [] } = (resource.request?.body ?? {}) as unknown as Body;
  const { encodings = [] } = contents.find((one) => isFormType(one.mediaType)) ?? {};
  const lists = new Set(
    encodings
      .filter(({ explode, style }) => style === 'form' && explode === false)
      .map(({ property }) => property),
  );
  const pairs =
    lists.size === 0 ? [] : body.split('&').map((pair) => [pair.split('=', 1)[0] ?? '', pair] as const);
  const repeated = Map.groupBy(pairs, ([name]) => decodeName(name));
  const isPlain = [...repeated].every(([name, all]) => all.length < 2 || !lists.has(name));
  if (isPlain) {
    return { resource, element };
  }
  const joined = [...repeated].flatMap(([name, all]) =>
    lists.has(name)
      ? [`${all[0]?.[0]}=${all.map(([key, pair]) => pair.slice(key.length + 1)).join(',')}`]
      : all.map(([, pair]) => pair),
  );
  return { resource, element: { ...element, body: joined.join('&') } };
}

function decodeName(text: string): string {
  return isDecodable(text) ? decodeURIComponent(text.replaceAll('+', '%20')) : text;
}

type ValidateInput = NonNullable<Components['validateInput']>;
type ValidateOutput = NonNullable<Components['validateOutput']>;
type Asked = Parameters<ValidateInput>[0];
type Answered = Parameters<ValidateOutput>[0];
type Resource = Asked['resource'];

/**
 * Has Prism validate a request without what it throws at: a list or an object in a header that is not sent, and one of
 * several names in the query.
 */
export function guardRequests(validateInput: ValidateInput): ValidateInput {
  const findVariant = rememberVariants(withoutParameters);
  return refuseThrown('request', ({ resource, element }) => {
    const variant = findVariant(resource, listAbsent(resource, element));
    return validateInput(joinLists(toPlainPath({ resource: variant, element })));
  });
}

/**
 * Has Prism validate a response without what it throws at: a list or an object in a header, where none is sent or where
 * it is not yet written as text.
 */
export function fitResponses(validateOutput: ValidateOutput): ValidateOutput {
  const findVariant = rememberVariants(withoutHeaders);
  return ({ resource, element }: Answered) => {
    const sent = Object.entries((element.headers ?? {}) as Record<string, unknown>);
    // Prism gives null to a header for which it finds no value.
    const names = sent.flatMap(([name, value]) => (value === null ? [] : [name.toLowerCase()]));
    const absent = resource.responses
      .flatMap((response) => (response.headers ?? []) as unknown as readonly Parameter[])
      .filter((one) => isStructure(one) && !names.includes(one.name.toLowerCase()))
      .map(({ name }) => name);
    const headers = sent.flatMap(([name, value]) =>
      absent.includes(name)
        ? []
        : [[name, value !== null && typeof value === 'object' ? formatHeader(value) : value]],
    );
    const written = { ...element, headers: Object.fromEntries(headers) };
    return validateOutput({ resource: findVariant(resource, absent), element: written });
  };
}

function rememberVariants(
  make: (resource: Resource, absent: readonly string[]) => Resource,
): (resource: Resource, absent: readonly string[]) => Resource {
  const variants = new WeakMap<object, Map<string, Resource>>();
  return (resource, absent) => {
    if (absent.length === 0) return resource;
    const known = variants.get(resource) ?? new Map<string, Resource>();
    variants.set(resource, known);
    const key = absent.join('\n');
    const variant = known.get(key) ?? make(resource, absent);
    known.set(key, variant);
    return variant;
  };
}

/** What Prism throws at is invalid. */
export function refuseThrown<Options, Result>(
  side: 'request' | 'response',
  validate: (options: Options) => Result,
): (options: Options) => Result {
  return (options) => {
    try {
      return validate(options);
    } catch (error) {
      const message = `The ${side} cannot be read: ${(error as Error).message}`;
      return { _tag: 'Left', left: [{ code: 'malformed', severity: 0, message }] } as Result;
    }
  };
}

/**
 * Writes the value of a response header.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values: `simple`, the only style of headers
 */
export function formatHeader(value: unknown): string {
  const isList = typeof value !== 'object' || value === null || Array.isArray(value);
  return String(isList ? value : Object.entries(value).flat());
}

// Prism reads a comma in a path as a list, and knows no path with a fragment or a query, as AWS documents have them.
function toPlainPath({ resource, element }: Asked): Asked {
  const { url } = element;
  const isPlain = !/[#?]/.test(resource.path) && !url.path.includes(',');
  return isPlain
    ? { resource, element }
    : {
        resource: { ...resource, path: resource.path.replace(/[#?].*$/s, '') },
        element: { ...element, url: { ...url, path: url.path.replaceAll(',', '%2C') } },
      };
}

type Lists = Readonly<Record<'headers' | 'query', readonly Parameter[] | undefined>>;

function listAbsent({ request }: Asked['resource'], element: Asked['element']): string[] {
  const { headers = [], query = [] } = (request ?? {}) as unknown as Lists;
  const sentHeaders = Object.keys(element.headers ?? {});
  const sentNames = Object.keys(element.url.query ?? {}).map((name) => name.toLowerCase());
  const isSent = (name: string): boolean =>
    sentNames.some((sent) => sent === name || sent.startsWith(`${name}[`));
  return [
    ...headers
      .filter((one) => isStructure(one) && !sentHeaders.includes(one.name.toLowerCase()))
      .map(({ name }) => `headers ${name}`),
    ...query
      .filter(
        (one) =>
          (delimited.includes(one.style) || one.style === 'deepObject') && !isSent(one.name.toLowerCase()),
      )
      .map(({ name }) => `query ${name}`),
  ];
}

function isStructure({ schema }: Parameter): boolean {
  return schema?.type === 'array' || schema?.type === 'object';
}

function withoutParameters(resource: Resource, absent: readonly string[]): Resource {
  const { headers, query } = (resource.request ?? {}) as unknown as Lists;
  const reduce = (part: string, list: readonly Parameter[] = []): Parameter[] =>
    loosen(list, ({ name }) => absent.includes(`${part} ${name}`));
  const request = { ...resource.request, headers: reduce('headers', headers), query: reduce('query', query) };
  return { ...resource, request } as unknown as Resource;
}

function withoutHeaders(resource: Resource, absent: readonly string[]): Resource {
  const responses = resource.responses.map(({ headers = [], ...response }) => ({
    ...response,
    headers: loosen(headers as unknown as readonly Parameter[], ({ name }) => absent.includes(name)),
  }));
  return { ...resource, responses } as unknown as Resource;
}

// What is required stays, as anything, to be missed.
function loosen(list: readonly Parameter[], isAbsent: (one: Parameter) => boolean): Parameter[] {
  return list.flatMap((one) => {
    if (!isAbsent(one)) return [one];
    return one.required === true ? [{ name: one.name, required: true, schema: {} }] : [];
  });
}

/**
 * Leaves out what lists of members and of required properties have twice, in place: Ajv compiles no such schema, and
 * Prism then validates nothing by it.
 */
export function dropRepeated(node: unknown, met: Set<unknown> = new Set()): void {
  if (typeof node !== 'object' || node === null || met.has(node)) {
    return;
  }
  met.add(node);
  for (const [key, value] of Object.entries(node)) {
    if ((key === 'enum' || key === 'required') && Array.isArray(value)) {
      const texts = value.map((one) => JSON.stringify(one));
      const distinct = value.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
      (node as Record<string, unknown>)[key] = distinct;
    } else {
      dropRepeated(value, met);
    }
  }
}
