import type { Oas3_1Definition, Oas3_1Schema, Oas3Encoding, Oas3RequestBody } from '@redocly/openapi-core';
import { isFormType, isJsonType } from '../../http/media-types.ts';
import { isPlainObject, resolveReference } from '../../openapi/document.ts';
import { readPathValues } from '../../openapi/matcher.ts';
import type { ParameterModel } from '../../openapi/operations.ts';
import { listBranches } from '../../openapi/schemas.ts';
import type { SchemaNode } from '../../openapi/validator.ts';
import type { Rule } from '../../pact/matching-rules.ts';
import { findBodyContent, type MatchedInteraction, type Remark } from './interaction.ts';
import { sampleTexts } from './matchers.ts';
import { findInQuery, readInPath, readTexts, type SentParameter, schemaOf } from './wire-values.ts';

/** A value of a request that a rule of the pact is about. */
export interface RequestValue {
  /** As `query parameter t`. */
  title: string;
  /** Below the interaction. */
  pointer: string;
  example: string;
  /** The example with what is sent beside it. */
  whole: string;
  rule?: Rule;
  /** Returns why the spec forbids a value in its place, or `undefined`. */
  explain: (text: string) => string | undefined;
}

/**
 * Lists the texts of a request that the spec documents: parameters in query and header, and the fields of the body.
 */
export function listRequestValues(matched: MatchedInteraction): RequestValue[] {
  return [...listParameterValues(matched), ...listBodyValues(matched)];
}

function listParameterValues(matched: MatchedInteraction): RequestValue[] {
  const { rules } = matched.interaction.request;
  return listSent(matched).flatMap(({ parameter, names, texts, read }) => {
    const place = parameter.in === 'header' ? 'header' : 'query';
    const name = place === 'header' ? parameter.name : (names[0] ?? parameter.name);
    const rule =
      names.length === 1 ? rules[place][place === 'header' ? name.toLowerCase() : name] : undefined;
    const pointer = `/request/${place === 'header' ? 'headers' : place}/${name}`;
    const explain = (index: number, text: string): string | undefined =>
      matched.validators.request.explain(schemaOf(parameter), read(texts.with(index, text)));
    const isSpread = names.length > 1;
    return (isSpread ? texts.slice(0, 1) : texts).map((example, index) => ({
      title: place === 'header' ? `header ${name}` : `query parameter ${isSpread ? parameter.name : name}`,
      pointer,
      example,
      whole: texts.join(', '),
      explain: (text) => explain(index, text),
      ...(rule === undefined ? {} : { rule }),
    }));
  });
}

/**
 * Lists the parameters in query, header and cookie that a request sends, each with how its texts are read.
 */
export function listSent({ document, interaction, parameters }: MatchedInteraction): SentParameter[] {
  const { query, headers } = interaction.request;
  return parameters.flatMap((parameter) => {
    const { name, in: place } = parameter;
    if (place === 'query') {
      return findInQuery(document, parameter, query) ?? [];
    }
    const texts = place === 'header' ? headers[name.toLowerCase()] : undefined;
    const read = (given: readonly string[]): unknown =>
      readTexts(document, { ...parameter, schema: schemaOf(parameter), style: 'simple' }, given);
    return texts === undefined ? [] : [{ parameter, names: [name], texts, read }];
  });
}

function listBodyValues(matched: MatchedInteraction): RequestValue[] {
  const { body, rules } = matched.interaction.request;
  if (body === undefined || bodySchemaOf(matched) === undefined) {
    return [];
  }
  return rules.body.flatMap(({ keys, rule }) => {
    const example = findValue(body.value, keys);
    return typeof example !== 'string' || keys.length === 0
      ? []
      : [
          {
            title: `field ${keys.join('.')}`,
            pointer: '/request/body',
            example,
            whole: example,
            rule,
            explain: (text: string) => explainBody(matched, replaceValue(body.value, keys, text)),
          },
        ];
  });
}

function findValue(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], value);
}

function replaceValue(value: unknown, keys: readonly string[], text: string): unknown {
  const copy = structuredClone(value);
  const parent = findValue(copy, keys.slice(0, -1)) as Record<string, unknown>;
  parent[keys.at(-1) ?? ''] = text;
  return copy;
}

/**
 * Finds the schema of an operation's body in the media type that the request has.
 */
function bodySchemaOf(matched: MatchedInteraction): SchemaNode | undefined {
  const { interaction } = matched;
  const { content = {} } = readRequestBody(matched) ?? {};
  return findBodyContent(content, interaction.request.body)?.schema as SchemaNode | undefined;
}

/**
 * Reads the body that an operation takes, if it takes one.
 */
export function readRequestBody({
  document,
  place,
}: MatchedInteraction): Oas3RequestBody<Oas3_1Schema> | undefined {
  const { requestBody } = place.operation;
  return requestBody && resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, requestBody);
}

/**
 * Returns why the spec forbids a value as the body of the request, or `undefined`. Of media types that are neither JSON
 * nor forms, nothing is known but the text.
 *
 * @param isClosed whether properties that the spec does not name are forbidden, too
 */
export function explainBody(
  matched: MatchedInteraction,
  value: unknown,
  isClosed = false,
): string | undefined {
  const { validators, interaction } = matched;
  const schema = bodySchemaOf(matched);
  const mediaType = interaction.request.body?.mediaType ?? '';
  const isForm = isFormType(mediaType) || mediaType === 'multipart/form-data';
  if (schema === undefined || !(isForm || isJsonType(mediaType))) {
    return undefined;
  }
  return validators.request.explain(schema, isForm ? readForm(matched, schema, value) : value, isClosed);
}

// The fields of a form are texts on the wire, also those that are numbers in the schema.
function readForm(matched: MatchedInteraction, schema: SchemaNode, form: unknown): unknown {
  if (!isPlainObject(form)) {
    return form;
  }
  const { document, interaction } = matched;
  const { content = {} } = readRequestBody(matched) ?? {};
  const { encoding = {} } = findBodyContent(content, interaction.request.body) ?? {};
  const query = Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, [value].flat().map(String)]),
  );
  const properties = listBranches(document, schema).flatMap((branch) =>
    Object.entries(branch.properties ?? {}),
  );
  const taken = new Set<string>();
  const fields = new Map<string, unknown>();
  for (const [name, property] of properties) {
    const found = findField(document, name, property as SchemaNode, encoding[name], query);
    if (found !== undefined && !fields.has(name)) {
      fields.set(name, found.read(found.texts));
      found.names.forEach((one) => void taken.add(one));
    }
  }
  const others = Object.entries(form).filter(([name]) => !taken.has(name) && !fields.has(name));
  return { ...Object.fromEntries(others), ...Object.fromEntries(fields) };
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#encoding-object */
function findField(
  document: Oas3_1Definition,
  name: string,
  schema: SchemaNode,
  { style, explode, contentType }: Partial<Oas3Encoding<Oas3_1Schema>> = {},
  query: Readonly<Record<string, string[]>>,
): SentParameter | undefined {
  const [text = ''] = query[name] ?? [];
  // Without a style, an object is sent as JSON.
  const isJson =
    contentType === undefined ? style === undefined && /^\s*[[{]/.test(text) : isJsonType(contentType);
  const field = {
    name,
    in: 'query',
    schema,
    ...(style === undefined ? {} : { style }),
    ...(explode === undefined ? {} : { explode }),
    ...(isJson ? { content: { 'application/json': { schema } } } : {}),
  };
  const found = findInQuery(document, field as ParameterModel, query);
  return found ?? findInQuery(document, { ...field, style: 'deepObject' } as ParameterModel, query);
}

/**
 * Checks the path of a request, and each path that its rule allows, against the template and the path parameters.
 */
export function checkPath(matched: MatchedInteraction): Remark[] {
  const { rules } = matched.interaction.request;
  const sampled = rules.path === undefined ? [] : sampleTexts(rules.path);
  const below = sampled.map((path) => ['', ...path.split('/').slice(1 + matched.baseLength)].join('/'));
  const paths = [matched.path, ...below];
  const [remark] = paths.flatMap((one) => explainPath(matched, one) ?? []);
  return remark === undefined ? [] : [{ message: remark, pointer: '/request/path' }];
}

function explainPath(
  { document, place, parameters, validators }: MatchedInteraction,
  path: string,
): string | undefined {
  const values = readPathValues(place.path, path);
  if (values === undefined) {
    return `The pact's matching rule for the path allows ${JSON.stringify(path)}, which does not match ${place.path}.`;
  }
  const [reason] = Object.entries(values).flatMap(([name, text]) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    const wrong =
      parameter && validators.request.explain(schemaOf(parameter), readInPath(document, parameter, text));
    return wrong === undefined ? [] : [`The path parameter ${name} "${text}" is invalid: ${wrong}.`];
  });
  return reason;
}
