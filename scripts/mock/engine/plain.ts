import { isFormType, isJsonType, isMultipartType } from '../../http/media-types.ts';
import { hasSlowPattern } from '../../openapi/time-limit.ts';
import type { Operation } from './library.ts';
import type { AskedRequest } from './request.ts';

/** Tells whether a value is as a schema has it. What throws has not been told. */
export type Validate = (value: unknown) => boolean;

/** A schema of an operation, as Prism validates a part of its requests by it. */
export interface PlainSchema {
  /** Unlike any other of the document. */
  id: string;
  schema: Readonly<Record<string, unknown>>;
  /** Whether texts are taken for the numbers and the like that they write. */
  isCoerced: boolean;
}

/** Compiles a schema, or finds what was compiled of it before. `undefined` where it can't be. */
export type Compile = (schema: PlainSchema) => Validate | undefined;

/**
 * Creates what tells whether a request to an operation is plainly valid: Prism, asked for it, finds nothing wrong.
 *
 * It reads as Prism does what is written in the usual way, and nothing else. To find too little valid takes time: Prism
 * is asked. To find too much valid is an error.
 */
export function createPlainCheck(compile: Compile): (operation: Operation, request: AskedRequest) => boolean {
  const plans = new WeakMap<Operation, Plan | 'none'>();
  return (operation, request) => {
    let plan = plans.get(operation);
    if (plan === undefined) {
      plan = planOperation(operation, compile) ?? 'none';
      plans.set(operation, plan);
    }
    return plan !== 'none' && isPlain(plan, request);
  };
}

/** Lists the schemas that the requests to an operation are validated by. Empty where no request is plain. */
export function listPlainSchemas(operation: Operation): PlainSchema[] {
  const schemas: PlainSchema[] = [];
  const plan = planOperation(operation, (schema) => {
    schemas.push(schema);
    return () => true;
  });
  return plan === undefined ? [] : schemas;
}

/** How the requests to one operation are checked. */
interface Plan {
  /** Empty where there is nothing to look at in the path. */
  segments: readonly string[];
  path: Group | undefined;
  query: Group | undefined;
  headers: Group | undefined;
  body: BodyPlan;
  /** Of which one is enough. Empty where none is needed. */
  security: readonly (readonly IsPresent[])[];
}

function isPlain(plan: Plan, request: AskedRequest): boolean {
  try {
    return (
      isSecure(plan.security, request) &&
      isPathPlain(plan, request.url.path) &&
      (plan.query === undefined || isGroupPlain(plan.query, readQuery(plan.query, request))) &&
      (plan.headers === undefined || isGroupPlain(plan.headers, readHeaders(plan.headers, request))) &&
      isBodyPlain(plan.body, request)
    );
  } catch {
    return false;
  }
}

function planOperation(operation: Operation, compile: Compile): Plan | undefined {
  const { method, path: template, security } = operation;
  const request = operation.request as Request | undefined;
  const bundle = (operation as { __bundled__?: unknown }).__bundled__;
  const own: Compile = ({ id, schema, ...part }) => {
    const text = JSON.stringify(schema);
    const whole =
      bundle === undefined || !text.includes('"$ref"') ? schema : { ...schema, __bundled__: bundle };
    // What takes long is done within a limit of time, which is done for Prism.
    return unclear.test(whole === schema ? text : JSON.stringify(whole)) || hasSlowPattern(whole)
      ? undefined
      : compile({ ...part, id: `${method} ${template} ${id}`, schema: whole });
  };
  const path = planGroup('path', request?.path, own);
  const query = planGroup('query', request?.query, own);
  const headers = planGroup('headers', request?.headers, own);
  const body = planBody(request, own);
  const schemes = planSecurity(security);
  const segments = path === undefined ? [] : template.split('/');
  const isOpen = [path, query, headers, body, schemes].includes('odd') || !segments.every(isSegment);
  return isOpen ? undefined : ({ segments, path, query, headers, body, security: schemes } as Plan);
}

// Prism compiles all schemas with one Ajv, in which a name counts for all operations; it merges `allOf` and leaves out
// what is read-only in ways of its own; and it compares dates as an older version of Ajv's formats does.
const unclear =
  /"(?:\$id|\$anchor|\$dynamicAnchor|\$dynamicRef|\$recursiveRef|allOf|readOnly|format(?:Exclusive)?M\w+|additionalItems)":|draft\/2019-09/;

interface Request {
  path?: readonly Parameter[];
  query?: readonly Parameter[];
  headers?: readonly Parameter[];
  body?: { required?: boolean; contents?: readonly Content[] };
}

interface Parameter {
  name: string;
  style?: string;
  explode?: boolean;
  required?: boolean;
  deprecated?: boolean;
  schema?: Schema;
}

interface Content {
  mediaType: string;
  schema?: Schema;
  encodings?: readonly { property: string; style?: string }[];
}

interface Schema extends Record<string, unknown> {
  type?: unknown;
  items?: unknown;
  properties?: Readonly<Record<string, Schema>>;
}

/** The parameters in one place, which Prism validates together. */
interface Group {
  /** How each is written, by its name in lower case. */
  fields: ReadonlyMap<string, 'text' | 'list' | 'repeated' | 'odd'>;
  /** Whether names with brackets mean something. */
  hasBrackets: boolean;
  validate: Validate;
}

const usualStyles = { path: 'simple', query: 'form', headers: 'simple' } as const;

function planGroup(
  place: keyof typeof usualStyles,
  parameters: readonly Parameter[] | undefined,
  compile: Compile,
): Group | undefined | 'odd' {
  if (parameters === undefined || parameters.length === 0) {
    return undefined;
  }
  const named = new Map(parameters.map((parameter) => [parameter.name.toLowerCase(), parameter]));
  if (![...named].every(([name, parameter]) => isParameterPlain(place, name, parameter))) {
    return 'odd';
  }
  const validate = compile({
    id: place,
    schema: {
      type: 'object',
      properties: Object.fromEntries(
        [...named].flatMap(([name, { schema }]) => (schema === undefined ? [] : [[name, schema]])),
      ),
      required: parameters.flatMap(({ name, required }) => (required ? [name.toLowerCase()] : [])),
    },
    isCoerced: true,
  });
  const fields = new Map([...named].map(([name, parameter]) => [name, readWriting(place, parameter)]));
  const hasBrackets = parameters.some(({ style }) => style === 'deepObject');
  return validate === undefined ? 'odd' : { fields, hasBrackets, validate };
}

// What the mock repairs in a request, so that Prism sees another value than was sent.
const repaired: readonly string[] = ['accept', 'content-type', 'content-length', 'prefer'];

function isParameterPlain(place: keyof typeof usualStyles, name: string, parameter: Parameter): boolean {
  const { style = usualStyles[place], explode = false, required = false, schema } = parameter;
  const isStructure = schema?.type === 'array' || schema?.type === 'object';
  if (!/^[!-~]+$/.test(name) || name.startsWith('__')) {
    return false;
  }
  switch (place) {
    case 'path':
      return !isStructure && style === 'simple' && /^\w+$/.test(name);
    case 'headers':
      return !repaired.includes(name) && style === 'simple' && !(isStructure && required);
    case 'query':
      // Prism gathers such an object from all of the query.
      return !(style === 'form' && schema?.type === 'object' && explode) && !(style !== 'form' && required);
  }
}

function readWriting(
  place: keyof typeof usualStyles,
  { style = usualStyles[place], explode = false, deprecated = false, schema }: Parameter,
): 'text' | 'list' | 'repeated' | 'odd' {
  if (deprecated || schema?.type === 'object' || style !== usualStyles[place]) {
    return 'odd';
  }
  return schema?.type !== 'array' ? 'text' : place !== 'query' ? 'odd' : explode ? 'repeated' : 'list';
}

function isGroupPlain({ validate }: Group, values: Record<string, unknown> | undefined): boolean {
  return values !== undefined && validate(values);
}

// An empty value is none to Prism.
function readQuery(
  { fields, hasBrackets }: Group,
  { url }: AskedRequest,
): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = {};
  for (const key of Object.keys(url.query ?? {})) {
    const name = key.toLowerCase();
    const writing = fields.get(name);
    const value = url.query?.[key];
    if (writing === undefined) {
      if (hasBrackets && name.includes('[')) return undefined;
    } else if (writing === 'odd' || name in values) {
      return undefined;
    } else if (writing === 'repeated') {
      if (value) values[name] = [value].flat();
    } else if (Array.isArray(value)) {
      return undefined;
    } else if (value) {
      values[name] = writing === 'list' ? value.split(',') : value;
    } else {
      // So that the same name in another case is seen.
      values[name] = undefined;
    }
  }
  return values;
}

function readHeaders({ fields }: Group, { headers = {} }: AskedRequest): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = {};
  for (const [name, writing] of fields) {
    const value = headers[name];
    if (value !== undefined && writing === 'odd') {
      return undefined;
    }
    if (value) {
      values[name] = value;
    }
  }
  return values;
}

// What every reader of templates takes for the same.
const plainSegment = /^[\w.~-]+$/;

function isSegment(segment: string): boolean {
  return segment === '' || /^\{\w+\}$/.test(segment) || plainSegment.test(segment);
}

function isPathPlain({ segments, path }: Plan, sent: string): boolean {
  if (path === undefined) {
    return true;
  }
  const parts = sent.split('/');
  if (parts.length !== segments.length) {
    return false;
  }
  const values: Record<string, unknown> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? '';
    if (!segment.startsWith('{')) {
      if (part !== segment) return false;
      continue;
    }
    const name = segment.slice(1, -1).toLowerCase();
    if (!plainSegment.test(part) || name in values) {
      return false;
    }
    if (path.fields.has(name)) {
      values[name] = part;
    }
  }
  return path.validate(values);
}

/** The media types that a body can have, in lower case. */
interface BodyPlan {
  /** Whether nothing is looked at. */
  isFree: boolean;
  isRequired: boolean;
  types: ReadonlyMap<string, BodyType>;
}

interface BodyType {
  isForm: boolean;
  /** Missing where anything goes. */
  validate: Validate | undefined;
  /** The properties of a form that are read. Missing: all of them. */
  properties: readonly string[] | undefined;
  /** Those that are written in a way of their own. */
  encoded: readonly string[];
}

const plainMediaType = /^[a-z0-9.-]+\/[a-z0-9.+-]+$/;

function planBody(request: Request | undefined, compile: Compile): BodyPlan | 'odd' {
  const { required = false, contents = [] } = request?.body ?? {};
  const types = new Map<string, BodyType>();
  for (const [index, content] of contents.entries()) {
    const mediaType = content.mediaType.toLowerCase();
    // To Prism, `application/json` is like `application/problem+json`.
    const isAlone = contents.every(
      (other) => other === content || toFamily(other.mediaType.toLowerCase()) !== toFamily(mediaType),
    );
    if (!contents.every((one) => plainMediaType.test(one.mediaType.toLowerCase()))) {
      break;
    }
    const type = isAlone ? planContent(content, mediaType, index, compile) : undefined;
    if (type !== undefined) {
      types.set(mediaType, type);
    }
  }
  return { isFree: request === undefined, isRequired: required, types };
}

function toFamily(mediaType: string): string {
  return mediaType.replace(/\/.*\+/, '/');
}

function planContent(
  { schema, encodings = [] }: Content,
  mediaType: string,
  index: number,
  compile: Compile,
): BodyType | undefined {
  const isForm = isFormType(mediaType);
  if (isMultipartType(mediaType) || !encodings.every((one) => isEncodingPlain(one, schema))) {
    return undefined;
  }
  const properties = isForm && schema?.properties ? Object.keys(schema.properties) : undefined;
  const type = { isForm, properties, encoded: encodings.map(({ property }) => property) };
  if (schema === undefined) {
    return { ...type, validate: undefined };
  }
  // A form's references lead nowhere in Prism, and a list with properties is taken for a list of objects.
  if ((isForm && JSON.stringify(schema).includes('"$ref"')) || isTwofold(schema)) {
    return undefined;
  }
  const validate = compile({ id: `body ${index}`, schema, isCoerced: isForm });
  return validate && { ...type, validate };
}

function isTwofold(node: unknown): boolean {
  return (
    typeof node === 'object' &&
    node !== null &&
    (('items' in node && 'properties' in node) || Object.values(node).some(isTwofold))
  );
}

function isEncodingPlain(
  { property, style = 'form' }: { property: string; style?: string },
  schema: Schema | undefined,
): boolean {
  return style === 'form' && schema?.properties?.[property]?.type !== 'object';
}

const plainContentType = /^([a-z0-9.-]+\/[a-z0-9.+-]+)(?: *; *charset="?utf-8"?)?$/i;

function isBodyPlain({ isFree, isRequired, types }: BodyPlan, { body, headers = {} }: AskedRequest): boolean {
  if (isFree) {
    return true;
  }
  if (headers['content-length'] === '0') {
    return !isRequired;
  }
  const contentType = headers['content-type'] ?? '';
  const mediaType = types.has(contentType)
    ? contentType
    : (plainContentType.exec(contentType)?.[1]?.toLowerCase() ?? '');
  const type = types.get(mediaType);
  if (type === undefined || !body || isJsonType(mediaType) === (typeof body === 'string')) {
    return false;
  }
  const value = type.isForm ? readForm(type, String(body)) : body;
  return value !== undefined && (type.validate === undefined || type.validate(value));
}

/** Reads a form as Prism does: in a name, a plus sign is one. */
function readForm({ properties, encoded }: BodyType, text: string): Record<string, unknown> | undefined {
  const fields: Record<string, unknown> = {};
  for (const pair of text.split('&')) {
    const end = pair.indexOf('=');
    const name = decode(end === -1 ? pair : pair.slice(0, end));
    if (name in fields || encoded.includes(name) || name.startsWith('__')) {
      return undefined;
    }
    fields[name] = end === -1 ? '' : decode(pair.slice(end + 1).replaceAll('+', '%20'));
  }
  // What is not sent is there, as nothing: it counts where properties are counted.
  return properties === undefined
    ? fields
    : Object.fromEntries(properties.map((name) => [name, fields[name]]));
}

function decode(text: string): string {
  return text.includes('%') ? decodeURIComponent(text) : text;
}

/** Tells whether a request has the credentials of a scheme. */
type IsPresent = (request: AskedRequest) => boolean;

interface Scheme {
  type: string;
  scheme?: string;
  in?: string;
  name?: string;
}

function planSecurity(security: unknown): Plan['security'] | 'odd' {
  const alternatives = (security ?? []) as readonly (readonly Scheme[])[];
  const checks = alternatives.map((schemes) =>
    schemes.length === 0 ? [isAnonymous] : schemes.map(findCheck),
  );
  // One that is not known here may do, too.
  const known = checks.filter((all) => !all.includes(undefined));
  return known.length === 0 && checks.length > 0 ? 'odd' : (known as Plan['security']);
}

function isSecure(security: Plan['security'], request: AskedRequest): boolean {
  return security.length === 0 || security.some((all) => all.every((isPresent) => isPresent(request)));
}

const isAnonymous: IsPresent = ({ headers = {} }) => headers.authorization === undefined;
const hasBearer: IsPresent = ({ headers = {} }) => /^Bearer\s.+$/.test(headers.authorization ?? '');
const hasBasic: IsPresent = ({ headers = {} }) => {
  const [, token = ''] = /^basic (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return Buffer.from(token, 'base64').toString().split(':').length === 2;
};

function findCheck({ type, scheme, in: place, name = '' }: Scheme): IsPresent | undefined {
  switch (type === 'http' ? `http ${scheme}` : type === 'apiKey' ? `apiKey ${place}` : type) {
    case 'http bearer':
    case 'oauth2':
    case 'openIdConnect':
      return hasBearer;
    case 'http basic':
      return hasBasic;
    case 'apiKey header':
      return ({ headers = {} }) =>
        Object.hasOwn(headers, name.toLowerCase()) && !!headers[name.toLowerCase()];
    case 'apiKey query':
      return ({ url: { query = {} } }) => Object.hasOwn(query, name) && !!query[name];
    case 'apiKey cookie':
      return /^\w+$/.test(name)
        ? ({ headers = {} }) => new RegExp(`${name}=.+`).test(headers.cookie ?? '')
        : undefined;
    default:
      return undefined;
  }
}
