import type { Oas3_1Schema, Oas3RequestBody } from '@redocly/openapi-core';
import { findContent, isFormType } from '../../http/media-types.ts';
import { resolveReference } from '../../openapi/document.ts';
import { readPathValues } from '../../openapi/matcher.ts';
import { parsePrimitive, type SchemaNode } from '../../openapi/validator.ts';
import type { Rule } from '../../pact/matching-rules.ts';
import type { MatchedInteraction, Remark } from './interaction.ts';
import { sampleTexts } from './matchers.ts';

/** A value of a request that a rule of the pact is about. */
export interface RequestValue {
  /** As `query parameter t`. */
  title: string;
  /** Below the interaction. */
  pointer: string;
  example: string;
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

function listParameterValues({ interaction, parameters, validator }: MatchedInteraction): RequestValue[] {
  const { request } = interaction;
  return parameters.flatMap(({ name, in: place, schema = {} }) => {
    if (place !== 'query' && place !== 'header') {
      return [];
    }
    const key = place === 'header' ? name.toLowerCase() : name;
    const values = (place === 'header' ? request.headers : request.query)[key] ?? [];
    const rule = request.rules[place][key];
    const pointer = `/request/${place === 'header' ? 'headers' : place}/${name}`;
    const single = schema.type === 'array' ? ((schema.items ?? {}) as SchemaNode) : schema;
    return values.map((example) => ({
      title: place === 'header' ? `header ${name}` : `query parameter ${name}`,
      pointer,
      example,
      explain: (text) => validator.explainText(single, text),
      ...(rule === undefined ? {} : { rule }),
    }));
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
  return findContent(content, interaction.request.body?.mediaType ?? '')?.schema as SchemaNode | undefined;
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
 * Returns why the spec forbids a value as the body of the request, or `undefined`. Properties that the spec does not name
 * are forbidden.
 */
export function explainBody(matched: MatchedInteraction, value: unknown): string | undefined {
  const schema = bodySchemaOf(matched);
  if (schema === undefined) {
    return undefined;
  }
  const { explain } = matched.validator;
  const reason = explain(schema, value, true);
  const isForm = isFormType(matched.interaction.request.body?.mediaType ?? '');
  // The fields of a form are texts on the wire, whatever they are in the schema.
  return reason !== undefined && isForm ? explain(schema, parseFields(value), true) : reason;
}

function parseFields(form: unknown): unknown {
  return Object.fromEntries(
    Object.entries(form as Record<string, string>).map(([name, text]) => [
      name,
      parsePrimitive(text) ?? text,
    ]),
  );
}

/**
 * Checks the path of a request, and each path that its rule allows, against the template and the path parameters.
 */
export function checkPath(matched: MatchedInteraction): Remark[] {
  const { path, rules } = matched.interaction.request;
  const paths = [path, ...(rules.path === undefined ? [] : sampleTexts(rules.path))];
  const [remark] = paths.flatMap((one) => explainPath(matched, one) ?? []);
  return remark === undefined ? [] : [{ message: remark, pointer: '/request/path' }];
}

function explainPath(
  { place, baseLength, parameters, validator }: MatchedInteraction,
  path: string,
): string | undefined {
  const values = readPathValues(place.path, ['', ...path.split('/').slice(1 + baseLength)].join('/'));
  if (values === undefined) {
    return `The pact's matching rule for the path allows ${JSON.stringify(path)}, which does not match ${place.path}.`;
  }
  const [reason] = Object.entries(values).flatMap(([name, text]) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    const wrong = parameter && validator.explainText(parameter.schema ?? {}, text);
    return wrong === undefined ? [] : [`The path parameter ${name} "${text}" is invalid: ${wrong}.`];
  });
  return reason;
}
