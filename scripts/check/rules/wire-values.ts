import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import { isJsonType } from '../../http/media-types.ts';
import { isPlainObject } from '../../openapi/document.ts';
import type { ParameterModel } from '../../openapi/operations.ts';
import { type Branch, listBranches } from '../../openapi/schemas.ts';
import { parsePrimitive, type SchemaNode } from '../../openapi/validator.ts';
import { type HttpInteraction, parseJson } from '../../pact/interactions.ts';

type Query = HttpInteraction['request']['query'];

/** How a value is written: what a parameter, a header or a field of a form says of it. */
export interface Writing {
  style?: string;
  explode?: boolean;
  content?: Readonly<Record<string, { schema?: unknown }>>;
  schema?: SchemaNode;
}

/** A parameter as a request carries it. */
export interface SentParameter {
  parameter: ParameterModel;
  /** The names in the query that are its own. */
  names: readonly string[];
  /** As they are sent; one for each time that it is there. */
  texts: readonly string[];
  /** Reads its value out of such texts. */
  read: (texts: readonly string[]) => unknown;
}

/**
 * Finds a parameter in the query, or gives `undefined` where it is not sent.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
export function findInQuery(
  document: Oas3_1Definition,
  parameter: ParameterModel,
  query: Query,
): SentParameter | undefined {
  const { name, style = 'form', explode = style === 'form' } = parameter;
  const schema = schemaOf(parameter);
  const isObject = shapeOf(document, [schema]) === 'object' && parameter.content === undefined;
  const names =
    isObject && style === 'deepObject'
      ? Object.keys(query).filter((key) => key.startsWith(`${name}[`))
      : isObject && explode && query[name] === undefined
        ? listOwnNames(document, schema, query)
        : [name].filter((key) => query[key] !== undefined);
  if (names.length === 0) {
    return undefined;
  }
  const texts = names.flatMap((key) => query[key] ?? []);
  const pairs = names.map((key) => [key, query[key] ?? []] as const);
  const read = (given: readonly string[]): unknown => {
    if (!isObject || names[0] === name) {
      return readTexts(document, { ...parameter, style, explode, schema }, given);
    }
    return coerce(document, [schema], style === 'deepObject' ? readDeep(name, pairs) : readPairs(pairs));
  };
  return { parameter, names, texts, read };
}

/** Reads the value that texts stand for: those of one parameter, header or field. */
export function readTexts(
  document: Oas3_1Definition,
  { style = 'simple', explode = false, content, schema = {} }: Writing,
  texts: readonly string[],
): unknown {
  const [mediaType] = Object.keys(content ?? {});
  const [first = ''] = texts;
  if (mediaType !== undefined) {
    return isJsonType(mediaType) ? parseJson(first) : first;
  }
  const shape = shapeOf(document, [schema]);
  if (shape === 'text') {
    return coerce(document, [schema], texts.length > 1 ? texts.join(',') : first);
  }
  // Items that are sent one by one have no delimiter.
  const isSplit = explode && (style === 'form' || style.endsWith('Delimited'));
  const parts = isSplit ? texts : texts.flatMap((text) => text.split(delimiterOf(style, text)));
  const trimmed = style === 'simple' ? parts.map((part) => part.trim()) : parts;
  return coerce(document, [schema], shape === 'array' ? trimmed : pairUp(trimmed, explode));
}

function delimiterOf(style: string, text: string): string {
  const delimiters: Record<string, readonly string[]> = {
    spaceDelimited: [' ', '%20', '+'],
    pipeDelimited: ['|', '%7C', '%7c'],
  };
  return delimiters[style]?.find((delimiter) => text.includes(delimiter)) ?? ',';
}

/** Reads the value of a path parameter, without what its style has in front. */
export function readInPath(document: Oas3_1Definition, parameter: ParameterModel, text: string): unknown {
  const { name, style = 'simple', explode = false } = parameter;
  const writing = { ...parameter, schema: schemaOf(parameter), style: 'simple', explode };
  if (style === 'label') {
    const rest = text.replace(/^\./, '');
    return readTexts(document, writing, [explode ? rest.replaceAll('.', ',') : rest]);
  }
  if (style !== 'matrix') {
    return readTexts(document, writing, [text]);
  }
  const parts = text.split(';').slice(1);
  const isObject = shapeOf(document, [writing.schema]) === 'object';
  const values = isObject && explode ? parts : parts.map((part) => part.replace(`${name}=`, ''));
  return readTexts(document, writing, values);
}

/** The schema of a parameter, of its content where it has one. */
export function schemaOf({ schema, content }: Pick<ParameterModel, 'schema' | 'content'>): SchemaNode {
  const [media] = Object.values(content ?? {});
  return (schema ?? (media?.schema as Oas3_1Schema | undefined) ?? {}) as SchemaNode;
}

type Pairs = readonly (readonly [key: string, texts: readonly string[]])[];

function readPairs(pairs: Pairs): Record<string, unknown> {
  return Object.fromEntries(pairs.map(([key, texts]) => [key, texts.length > 1 ? [...texts] : texts[0]]));
}

// `filter[a][b]=c`, and `filter[a][]=c` or `filter[a][0]=c` for a list, as most servers take it.
function readDeep(name: string, pairs: Pairs): unknown {
  const root: Record<string, unknown> = {};
  for (const [key, texts] of pairs) {
    const keys = [...key.slice(name.length).matchAll(/\[([^\]]*)\]/g)].map(([, part = '']) => part);
    const isList = keys.at(-1) === '' && keys.length > 1;
    const path = isList ? keys.slice(0, -1) : keys;
    const last = path.pop() ?? '';
    let node = root;
    for (const part of path) {
      const next = Object.hasOwn(node, part) ? node[part] : undefined;
      const inner: Record<string, unknown> = isPlainObject(next) ? next : {};
      define(node, part, inner);
      node = inner;
    }
    define(node, last, isList || texts.length > 1 ? [...texts] : texts[0]);
  }
  return root;
}

// Any name may come off the wire, `__proto__` too.
function define(node: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(node, name, { value, enumerable: true, configurable: true, writable: true });
}

function listOwnNames(document: Oas3_1Definition, schema: SchemaNode, query: Query): string[] {
  const branches = listBranches(document, schema);
  const isOpen = branches.some(({ additionalProperties }) => isPlainObject(additionalProperties));
  const known = new Set(branches.flatMap(({ properties }) => Object.keys(properties ?? {})));
  return Object.keys(query).filter((name) => isOpen || known.has(name));
}

function pairUp(parts: readonly string[], explode: boolean): Record<string, unknown> {
  const pairs = explode
    ? parts.map((part) => [part.split('=')[0] ?? '', part.split('=').slice(1).join('=')])
    : parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? '']] : []));
  return Object.fromEntries(pairs);
}

/** Tells whether a value is a single text on the wire, or made of several. */
export function shapeOf(
  document: Oas3_1Definition,
  schemas: readonly SchemaNode[],
): 'array' | 'object' | 'text' {
  const branches = schemas.flatMap((schema) => listBranches(document, schema));
  const types = branches.flatMap(({ type, properties }) =>
    type === undefined ? (properties === undefined ? [] : ['object']) : [type].flat(),
  );
  const isText = types.some((type) => ['string', 'number', 'integer', 'boolean'].includes(type));
  return isText ? 'text' : types.includes('array') ? 'array' : types.includes('object') ? 'object' : 'text';
}

/**
 * Turns texts into the numbers and flags that schemas have in their place: all values are texts on the wire. A single
 * text becomes a list if the schema has a list.
 */
export function coerce(document: Oas3_1Definition, schemas: readonly SchemaNode[], value: unknown): unknown {
  const branches = schemas.flatMap((schema) => listBranches(document, schema));
  if (typeof value === 'string') {
    return shapeOf(document, schemas) === 'array'
      ? coerce(document, schemas, [value])
      : coerceText(branches, value);
  }
  if (Array.isArray(value)) {
    const items = branches.flatMap(({ items: one }) => (one === undefined ? [] : [one as SchemaNode]));
    return value.map((one) => coerce(document, items, one));
  }
  if (!isPlainObject(value)) {
    return value;
  }
  if (shapeOf(document, schemas) === 'array' && Object.keys(value).every((key) => /^\d+$/.test(key))) {
    return coerce(document, schemas, Object.values(value));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const known = branches.flatMap(({ properties = {}, additionalProperties }) => {
        const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
        return isPlainObject(schema) ? [schema as SchemaNode] : [];
      });
      return [name, coerce(document, known, one)];
    }),
  );
}

function coerceText(branches: readonly Branch[], text: string): unknown {
  if (branches.length === 0 || branches.some((branch) => takesText(branch))) {
    return text;
  }
  const isNull = branches.some(({ type }) => [type].flat().includes('null'));
  return parsePrimitive(text) ?? (isNull && (text === '' || text === 'null') ? null : text);
}

function takesText({ type, const: constant, enum: members }: Branch): boolean {
  if (constant !== undefined) {
    return typeof constant === 'string';
  }
  const isListed = members === undefined || members.some((member) => typeof member === 'string');
  return isListed && (type === undefined || [type].flat().includes('string'));
}
