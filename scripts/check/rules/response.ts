import { isDeepStrictEqual } from 'node:util';
import type { Oas3_1Definition, Oas3_1Schema, Oas3Header } from '@redocly/openapi-core';
import { findContent, isJsonType, readEssence } from '../../http/media-types.ts';
import { readExamples } from '../../openapi/answers.ts';
import { isPlainObject, resolveReference } from '../../openapi/document.ts';
import { type Branch, listBranches } from '../../openapi/schemas.ts';
import type { SchemaNode } from '../../openapi/validator.ts';
import { findBodyRule, type Rule } from '../../pact/matching-rules.ts';
import type { MatchedInteraction, Remark } from './interaction.ts';
import { accepts, isClosed, isExact, sampleBranch } from './matchers.ts';
import { readRequestBody } from './request-values.ts';

/**
 * Checks what a consumer relies on against what the spec promises: the headers and properties are required, and have no
 * value that the consumer's rules reject.
 */
export function checkResponse(matched: MatchedInteraction): Remark[] {
  return matched.response === undefined ? [] : [...checkHeaders(matched), ...checkBody(matched)];
}

function checkHeaders(matched: MatchedInteraction): Remark[] {
  const { interaction, document, response } = matched;
  const { headers, rules } = interaction.response;
  const documented = new Map(
    Object.entries(response?.headers ?? {}).map(([name, header]) => [
      name.toLowerCase(),
      resolveReference<Oas3Header<Oas3_1Schema>>(document, header),
    ]),
  );
  return Object.entries(headers)
    .filter(([name]) => name !== 'content-type')
    .flatMap(([name, [value]]) => {
      const header = documented.get(name);
      const pointer = `/response/headers/${name}`;
      if (header?.required !== true) {
        const found = header === undefined ? 'does not document' : 'does not require';
        return [{ message: `Relies on the header ${name}, which the spec ${found}.`, pointer }];
      }
      const schema = (header.schema ?? {}) as SchemaNode;
      return checkExpectation({
        document,
        schemas: [schema],
        value,
        ruleAt: () => rules.header[name],
        keys: [`header ${name}`],
        pointer,
      });
    });
}

function checkBody({ interaction, document, response }: MatchedInteraction): Remark[] {
  const { headers, body, rules } = interaction.response;
  const [declared] = headers['content-type'] ?? [];
  const mediaType = body?.mediaType ?? (declared && readEssence(declared));
  if (mediaType === undefined) {
    return [];
  }
  const media = findContent(response?.content ?? {}, mediaType);
  if (media === undefined) {
    const documented = Object.keys(response?.content ?? {}).join(' or ') || 'no body';
    const message = `Relies on a body in ${mediaType}, expected ${documented}.`;
    return [{ message, pointer: '/response' }];
  }
  const schema = (media.schema ?? {}) as SchemaNode;
  return body === undefined || !isJsonType(mediaType)
    ? []
    : checkExpectation({
        document,
        schemas: [schema],
        value: body.value,
        ruleAt: (keys) => findBodyRule(rules, keys),
        keys: [],
        pointer: '/response/body',
      });
}

/** A value that a consumer expects, and the schemas that it may come from. */
export interface Expectation {
  document: Oas3_1Definition;
  schemas: readonly SchemaNode[];
  value: unknown;
  /** Finds the rule of the place that the keys lead to. */
  ruleAt: (keys: readonly string[]) => Rule | undefined;
  /** The keys that lead to the value; none for the whole. */
  keys: readonly string[];
  /** Of the whole, below the interaction. */
  pointer: string;
}

/**
 * Finds what a consumer relies on that a schema does not promise: a property that is not required, a value outside
 * of the schema, and values of the schema that the consumer's rule would refuse.
 *
 * Of several alternatives, those count that the expected value doesn't contradict.
 */
function checkExpectation(expectation: Expectation): Remark[] {
  const { document, schemas, value, keys, pointer } = expectation;
  const all = schemas.flatMap((schema) => listBranches(document, schema));
  const branches = all.filter((branch) => mayHold(document, branch, value));
  if (branches.length === 0) {
    const message = `Expects ${nameOf(keys)} to be ${JSON.stringify(value)}, which the spec doesn't allow.`;
    return [{ message, pointer }];
  }
  if (isPlainObject(value)) {
    return checkProperties(expectation, branches, value);
  }
  if (Array.isArray(value) && value.length > 0) {
    const schemas = branches.flatMap(({ items }) => (items === undefined ? [] : [items as SchemaNode]));
    return checkExpectation({ ...expectation, schemas, value: value[0], keys: [...keys, '0'] });
  }
  return checkValue(expectation, branches);
}

function checkProperties(
  expectation: Expectation,
  branches: readonly Branch[],
  value: Record<string, unknown>,
): Remark[] {
  return Object.entries(value).flatMap(([name, one]) => {
    const keys = [...expectation.keys, name];
    if (!branches.every(({ required }) => required?.includes(name) === true)) {
      const message = `Relies on ${nameOf(keys)}, which the spec does not require.`;
      return [{ message, pointer: expectation.pointer }];
    }
    const schemas = branches.map(({ properties }) => (properties?.[name] ?? {}) as SchemaNode);
    return checkExpectation({ ...expectation, schemas, value: one, keys });
  });
}

function checkValue({ value, ruleAt, keys, pointer }: Expectation, branches: readonly Branch[]): Remark[] {
  const rule = ruleAt(keys);
  if (isExact(rule)) {
    const message = `Relies on ${nameOf(keys)} being ${JSON.stringify(value)}, but the spec allows other values. Use a matching rule, such as a type or a regular expression.`;
    return branches.some(isClosed) ? [] : [{ message, pointer }];
  }
  const refused = branches.flatMap(sampleBranch).filter((sample) => !accepts(rule, value, sample));
  const message = `The pact's matching rule for ${nameOf(keys)} rejects ${JSON.stringify(refused[0])}, which the spec allows. Widen the rule, or narrow the schema.`;
  return refused.length === 0 ? [] : [{ message, pointer }];
}

// An expected value can be a part of the real one only: what it doesn't name, it doesn't contradict.
function mayHold(document: Oas3_1Definition, branch: Branch, value: unknown): boolean {
  const { type, const: constant, enum: members, properties = {} } = branch;
  const isTyped = type === undefined || [type].flat().some((one) => isOfType(one, value));
  const isListed =
    (constant === undefined || isDeepStrictEqual(constant, value)) && (members?.includes(value) ?? true);
  const isComplete =
    !isPlainObject(value) ||
    Object.entries(value).every(([name, one]) => {
      const schema = properties[name] as SchemaNode | undefined;
      return (
        schema === undefined || listBranches(document, schema).some((inner) => mayHold(document, inner, one))
      );
    });
  return isTyped && isListed && isComplete;
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isPlainObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function nameOf(keys: readonly string[]): string {
  return keys.length === 0 ? 'the value' : keys.join('.');
}

/**
 * Finds a body whose fields no example of the spec has together: client, mock and probes are tried with the examples
 * only, and would not be tried with what the consumer sends.
 */
export function checkShown(matched: MatchedInteraction): Remark[] {
  const { body } = matched.interaction.request;
  if (matched.isRequestInvalid !== 'no' || !isPlainObject(body?.value)) {
    return [];
  }
  const { examples } = findContent(readRequestBody(matched)?.content ?? {}, body.mediaType) ?? {};
  const names = nameFields(body.value);
  const isShown = readExamples(matched.document, examples).some(
    ({ example }) => nameFields(example.value) === names,
  );
  const message = `No example of the spec has a body with exactly the fields ${names}. Add one to the request body.`;
  return isShown ? [] : [{ message, pointer: '/request/body' }];
}

function nameFields(value: unknown): string {
  return Object.keys(value ?? {})
    .sort()
    .join(', ');
}
