import type { Oas3_1Schema, Oas3Header, Oas3Response } from '@redocly/openapi-core';
import { readTexts, schemaOf, type Writing } from '../check/rules/wire-values.ts';
import { formatPlace } from '../cli/finding.ts';
import { findContentName, isJsonType, readEssence } from '../http/media-types.ts';
import { nameStatuses } from '../openapi/answers.ts';
import { escapeKey, isReference, resolveReference, unescapePart } from '../openapi/document.ts';
import type { OperationPlace, ParameterModel } from '../openapi/operations.ts';
import type { Spec } from '../openapi/read-spec.ts';
import type { BrokenRule, SchemaNode, Validator } from '../openapi/validator.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { ReceivedResponse } from './received.ts';

/** What checking works with. */
export interface Checker {
  spec: Spec;
  validator: Validator;
  secrets: Secrets;
}

/** The part of a response that is looked at. */
interface Part {
  /** `body`, or `header X-Rate-Limit`. */
  name: string;
  /** JSON pointer to its schema. */
  pointer: string;
}

/**
 * Lists what is wrong with a response of an operation: its status, else its headers and its JSON body. Each says what was
 * found and expected, and the rule with its line. What was found is no text of the response.
 */
export function checkResponse(checker: Checker, place: OperationPlace, response: ReceivedResponse): string[] {
  const { document } = checker.spec;
  const { responses = {} } = place.operation;
  const key = nameStatuses(response.status).find((name) => responses[name] !== undefined);
  if (key === undefined) {
    const documented = Object.keys(responses).join(', ') || 'none';
    return [
      `status: found ${response.status}, expected a documented one: ${documented}` +
        describeRule(checker, `${place.pointer}/responses`),
    ];
  }
  const reference = responses[key];
  const found = resolveReference<Oas3Response<Oas3_1Schema>>(
    document,
    reference as Oas3Response<Oas3_1Schema>,
  );
  const pointer = pointTo(reference, `${place.pointer}/responses/${key}`);
  return [
    ...checkHeaders(checker, found, pointer, response),
    // RFC 9110, section 6.4.1: these have no body.
    ...(place.method === 'head' || [204, 205, 304].includes(response.status)
      ? []
      : checkBody(checker, found, pointer, response)),
  ];
}

function pointTo(node: unknown, pointer: string): string {
  return isReference(node) ? node.$ref : pointer;
}

function checkHeaders(
  checker: Checker,
  documented: Oas3Response<Oas3_1Schema>,
  pointer: string,
  { headers }: ReceivedResponse,
): string[] {
  const { document } = checker.spec;
  const entries = headers === undefined ? [] : Object.entries(documented.headers ?? {});
  return entries.flatMap(([name, reference]) => {
    const header = resolveReference<Oas3Header<Oas3_1Schema>>(document, reference);
    const place = pointTo(reference, `${pointer}/headers/${escapeKey(name)}`);
    const texts = headers?.get(name.toLowerCase());
    // The document says the media type elsewhere: OpenAPI 3.1.1, Response Object.
    if (name.toLowerCase() === 'content-type') {
      return [];
    }
    if (texts === undefined) {
      const missing = `header ${name}: found nothing, expected it to be present`;
      return header.required === true ? [missing + describeRule(checker, `${place}/required`)] : [];
    }
    const schema = schemaOf(header as ParameterModel);
    const value = readTexts(document, { ...header, schema, style: 'simple' } as Writing, texts);
    const [mediaType] = Object.keys(header.content ?? {});
    const at = mediaType === undefined ? '/schema' : `/content/${escapeKey(mediaType)}/schema`;
    return listBroken(checker, schema, value, { name: `header ${name}`, pointer: place + at });
  });
}

function checkBody(
  checker: Checker,
  { content = {} }: Oas3Response<Oas3_1Schema>,
  pointer: string,
  { headers, body }: ReceivedResponse,
): string[] {
  const names = Object.keys(content);
  const [sent] = headers?.get('content-type') ?? [];
  const isEmpty = body.kind === 'nothing' || (body.kind === 'text' && body.text === '');
  const expected = names.join(' or ');
  const rule = describeRule(checker, `${pointer}/content`);
  if (names.length === 0) {
    return [];
  }
  if (isEmpty) {
    const isText = names.some((name) => !isJsonType(name));
    return isText ? [] : [`body: found nothing, expected ${expected}${rule}`];
  }
  if (headers !== undefined && sent === undefined) {
    return [`header Content-Type: found nothing, expected ${expected}${rule}`];
  }
  const name = sent === undefined ? names.find(isJsonType) : findContentName(content, sent);
  if (name === undefined) {
    return sent === undefined
      ? []
      : [`header Content-Type: found ${readEssence(sent)}, expected ${expected}${rule}`];
  }
  const schema = content[name]?.schema as SchemaNode | undefined;
  if (!isJsonType(sent ?? name) || body.kind === 'bytes') {
    return [];
  }
  const parsed = body.kind === 'text' ? parseJson(body.text) : body;
  if (parsed === undefined) {
    return [
      `body: found ${describeFound(body.kind === 'text' ? body.text : '', false)}, expected valid JSON${rule}`,
    ];
  }
  const part = { name: 'body', pointer: `${pointer}/content/${escapeKey(name)}/schema` };
  return schema === undefined
    ? []
    : listBroken(checker, schema, 'value' in parsed ? parsed.value : null, part);
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function listBroken(checker: Checker, schema: SchemaNode, value: unknown, part: Part): string[] {
  return checker.validator
    .listBroken(schema, value)
    .filter(({ keyword }) => keyword !== 'if')
    .map((broken) => {
      const pointer = pointerOf(broken);
      const keys = pointer.split('/').slice(1).map(unescapePart);
      const isSecret = [part.name.replace('header ', ''), ...keys].some(checker.secrets.isSecretName);
      const found = describeFound(findValue(value, keys), isSecret);
      const rule = broken.rulePointer.startsWith('#')
        ? broken.rulePointer
        : pointTo(schema, part.pointer) + broken.rulePointer;
      return `${part.name}${pointer}: found ${found}, expected ${describeExpected(broken)}${describeRule(checker, rule)}`;
    });
}

/** Of a property that is missing or too much, the way to it. */
function pointerOf({ valuePointer, params }: BrokenRule): string {
  const { missingProperty, additionalProperty, unevaluatedProperty } = params;
  const property = missingProperty ?? additionalProperty ?? unevaluatedProperty;
  return property === undefined ? valuePointer : `${valuePointer}/${escapeKey(String(property))}`;
}

function findValue(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, key)
        ? (node as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

// A text can be a token, wherever it stands.
function describeFound(value: unknown, isSecret: boolean): string {
  if (typeof value === 'string') {
    const { length } = [...value];
    return `a string of ${length} ${length === 1 ? 'character' : 'characters'}`;
  }
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  if (typeof value === 'number') {
    return isSecret ? 'a number' : String(value);
  }
  return value === undefined
    ? 'nothing'
    : typeof value === 'object' && value !== null
      ? 'an object'
      : String(value);
}

// What is expected comes from the document.
function describeExpected({ keyword, params, message = '' }: BrokenRule): string {
  switch (keyword) {
    case 'required':
      return 'it to be present';
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'no such property';
    case 'type':
      return `it to be ${[params.type].flat().join(' or ')}`;
    case 'const':
      return `it to be ${JSON.stringify(params.allowedValue)}`;
    case 'enum':
      return `it to be one of ${params.allowedValues.map((one: unknown) => JSON.stringify(one)).join(', ')}`;
    default:
      return `it ${message.replace(/^must /, 'to ')}`;
  }
}

function describeRule({ spec }: Checker, pointer: string): string {
  return `\n  rule ${pointer} (${formatPlace(spec.locate(pointer))})`;
}
