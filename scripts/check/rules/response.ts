import { isDeepStrictEqual } from 'node:util';
import type { Oas3_1Definition, Oas3_1Schema, Oas3Header } from '@redocly/openapi-core';
import { findContent, isJsonType, readEssence } from '../../http/media-types.ts';
import { readExamples } from '../../openapi/answers.ts';
import { isOfType, isPlainObject, resolveReference } from '../../openapi/document.ts';
import type { ParameterModel } from '../../openapi/operations.ts';
import { type Branch, listBranches } from '../../openapi/schemas.ts';
import type { SchemaNode } from '../../openapi/validator.ts';
import { findBodyRule, type Rule } from '../../pact/matching-rules.ts';
import { findBodyContent, type MatchedInteraction, type Remark } from './interaction.ts';
import { accepts, isClosed, isExact, sampleBranch } from './matchers.ts';
import { readRequestBody } from './request-values.ts';
import { readTexts, schemaOf, type Writing } from './wire-values.ts';

/**
 * Checks what a consumer relies on against what the spec promises. Errors: a value that the spec forbids, and a rule that
 * rejects a value which the spec names. Warnings of code `pact.relies-on-optional`, since a consumer of somebody else's
 * API can't change them: what the spec leaves open.
 */
export function checkResponse(matched: MatchedInteraction): Remark[] {
  return matched.response === undefined ? [] : [...checkHeaders(matched), ...checkBody(matched)];
}

const toOptional = (message: string, pointer: string): Remark => ({
  message,
  pointer,
  code: 'pact.relies-on-optional',
  severity: 'warning',
});

// RFC 9110 describes these for any response.
const freeHeaders = new Set(
  (
    'age cache-control connection content-encoding content-language content-length content-type date expires ' +
    'keep-alive last-modified etag pragma server strict-transport-security trailer transfer-encoding vary via'
  ).split(' '),
);

function checkHeaders(matched: MatchedInteraction): Remark[] {
  const { interaction, document, response, validators } = matched;
  const { headers, rules } = interaction.response;
  const documented = new Map(
    Object.entries(response?.headers ?? {}).map(([name, header]) => [
      name.toLowerCase(),
      resolveReference<Oas3Header<Oas3_1Schema>>(document, header),
    ]),
  );
  return Object.entries(headers)
    .filter(([name]) => name !== 'content-type')
    .flatMap(([name, texts]) => {
      const header = documented.get(name);
      const pointer = `/response/headers/${name}`;
      if (header === undefined) {
        const message = `Relies on the header ${name}, which the spec does not document.`;
        return freeHeaders.has(name) ? [toOptional(message, pointer)] : [{ message, pointer }];
      }
      const missing =
        header.required === true
          ? []
          : [toOptional(`Relies on the header ${name}, which the spec does not require.`, pointer)];
      const schema = schemaOf(header as ParameterModel);
      const value = readTexts(document, { ...header, schema, style: 'simple' } as Writing, texts);
      const reason = validators.expectation.explain(schema, value);
      if (reason !== undefined) {
        const message = `Expects the header ${name} to be ${JSON.stringify(value)}, which the spec doesn't allow: ${reason}.`;
        return [{ message, pointer }];
      }
      const isWhole = typeof value === 'object' && value !== null;
      const found = isWhole
        ? []
        : checkExpectation({
            document,
            schemas: [schema],
            value,
            ruleAt: () => rules.header[name],
            keys: [`header ${name}`],
            pointer,
            isLiteral: !matched.isInState && rules.header[name] === undefined,
          });
      return [...missing, ...found];
    });
}

function checkBody(matched: MatchedInteraction): Remark[] {
  const { interaction, document, response } = matched;
  const { headers, body, rules } = interaction.response;
  const [declared] = headers['content-type'] ?? [];
  const named = declared ?? body?.contentType;
  const content = response?.content ?? {};
  const media = findExpected(matched);
  if (media === undefined) {
    const mediaType = named === undefined ? body?.mediaType : readEssence(named);
    return mediaType === undefined ? [] : [describeType(mediaType, Object.keys(content), body !== undefined)];
  }
  const reason = body === undefined ? undefined : explainExpectedBody(matched, body.value);
  return body === undefined || !isJsonType(body.mediaType)
    ? []
    : checkExpectation({
        document,
        schemas: [(media.schema ?? {}) as SchemaNode],
        value: body.value,
        ruleAt: (keys) => findBodyRule(rules, keys),
        keys: [],
        pointer: '/response/body',
        isLiteral: !matched.isInState && rules.body.length === 0,
        reason,
      });
}

// Many specs say of a failure that it is there, and nothing of its body.
function describeType(mediaType: string, documented: readonly string[], hasBody: boolean): Remark {
  const pointer = '/response';
  const expected = documented.join(' or ') || 'no body';
  const message = `Relies on a body in ${mediaType}, expected ${expected}.`;
  return documented.length === 0 && !hasBody ? toOptional(message, pointer) : { message, pointer };
}

/**
 * Returns why the spec forbids a value as a part of the response's body, or `undefined`. A property that is not there is
 * none that is wrong: the consumer does not read it.
 */
export function explainExpectedBody(matched: MatchedInteraction, value: unknown): string | undefined {
  const schema = findExpected(matched)?.schema as SchemaNode | undefined;
  return schema === undefined || !isJsonType(matched.interaction.response.body?.mediaType ?? '')
    ? undefined
    : matched.validators.expectation.explain(schema, value);
}

/** Finds what the spec has for the expected body. */
function findExpected({ interaction, response }: MatchedInteraction): { schema?: unknown } | undefined {
  const { request, response: expected } = interaction;
  const [declared] = expected.headers['content-type'] ?? [];
  const content = response?.content ?? {};
  if (expected.body === undefined) {
    return declared === undefined ? undefined : findContent(content, declared);
  }
  return findBodyContent(content, expected.body, request.headers.accept?.[0]);
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
  /**
   * Whether it has no matching rules at all, in a state that says nothing of its values: then it is an example, such as a
   * recorded one, and no value is relied on.
   */
  isLiteral: boolean;
  /** What the schema forbids in the whole. */
  reason?: string | undefined;
}

/**
 * Finds what a consumer relies on that a schema does not promise: a property that is not required, a value outside
 * of the schema, and values of the schema that the consumer's rule would refuse.
 *
 * Of several alternatives, those count that the expected value doesn't contradict.
 */
function checkExpectation(expectation: Expectation): Remark[] {
  const { document, schemas, value, keys, pointer, reason } = expectation;
  const all = schemas.flatMap((schema) => listBranches(document, schema));
  const branches = all.filter((branch) => mayHold(document, branch, value));
  if (branches.length === 0 || reason !== undefined) {
    const why = reason === undefined ? '' : `: ${reason}`;
    const message = `Expects ${nameOf(keys)} to be ${JSON.stringify(value)}, which the spec doesn't allow${why}.`;
    // A schema that holds itself has no branches of its own.
    return all.length === 0 && reason === undefined ? [] : [{ message, pointer }];
  }
  if (isPlainObject(value)) {
    return checkProperties(expectation, branches, value);
  }
  if (Array.isArray(value) && value.length > 0) {
    const schemas = branches.flatMap(({ items }) => (items === undefined ? [] : [items as SchemaNode]));
    return schemas.length === 0
      ? []
      : checkExpectation({ ...expectation, schemas, value: value[0], keys: [...keys, '0'] });
  }
  return checkValue(expectation, branches);
}

function checkProperties(
  expectation: Expectation,
  branches: readonly Branch[],
  value: Record<string, unknown>,
): Remark[] {
  const { pointer } = expectation;
  // With these matchers, the keys of the example are examples, too.
  const isMap = expectation
    .ruleAt(expectation.keys)
    ?.matchers.some(({ match = '' }) => ['eachKey', 'eachValue', 'values'].includes(match));
  return Object.entries(value).flatMap(([name, one]) => {
    const keys = [...expectation.keys, name];
    const isRequired = isMap || branches.every(({ required }) => required?.includes(name) === true);
    if (!isRequired && branches.every((branch) => !mayHave(branch, name))) {
      return [{ message: `Relies on ${nameOf(keys)}, which the spec does not name.`, pointer }];
    }
    const missing = isRequired
      ? []
      : [toOptional(`Relies on ${nameOf(keys)}, which the spec does not require.`, pointer)];
    const schemas = branches.map(({ properties }) => (properties?.[name] ?? {}) as SchemaNode);
    return [...missing, ...checkExpectation({ ...expectation, schemas, value: one, keys })];
  });
}

// A schema without properties is an object of any kind, and so is one that says so.
function mayHave(
  { properties, additionalProperties, patternProperties }: Branch & { patternProperties?: object },
  name: string,
): boolean {
  const isNamed = properties !== undefined && Object.hasOwn(properties, name);
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  return isNamed || isOpen || patternProperties !== undefined || Object.keys(properties ?? {}).length === 0;
}

function checkValue(
  { value, ruleAt, keys, pointer, isLiteral }: Expectation,
  branches: readonly Branch[],
): Remark[] {
  if (isLiteral) {
    return [];
  }
  const rule = ruleAt(keys);
  if (isExact(rule)) {
    const message = `Relies on ${nameOf(keys)} being ${JSON.stringify(value)}, but the spec allows other values. Use a matching rule, such as a type or a regular expression.`;
    return branches.some(isClosed) ? [] : [toOptional(message, pointer)];
  }
  const refused = branches.flatMap((branch) =>
    sampleBranch(branch).flatMap((sample) => (accepts(rule, value, sample) ? [] : [{ sample, branch }])),
  );
  const [first] = refused;
  if (first === undefined) {
    return [];
  }
  const told = refused.find(({ sample, branch }) => isNamed(branch, sample));
  const { sample } = told ?? first;
  const message = `The pact's matching rule for ${nameOf(keys)} rejects ${JSON.stringify(sample)}, which the spec allows. Widen the rule, or narrow the schema.`;
  return [told === undefined ? toOptional(message, pointer) : { message, pointer }];
}

// A spec that says `string` has not thought of each text; one with a list, a pattern or a bound has. And Pact has no
// matcher for "or null".
function isNamed(
  { const: constant, enum: members, pattern, minimum, maximum }: Branch,
  sample: unknown,
): boolean {
  const isBound = typeof sample === 'number' && (sample === minimum || sample === maximum);
  return (
    sample !== null && (constant !== undefined || members !== undefined || pattern !== undefined || isBound)
  );
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
  const { example, examples, schema } = findBodyContent(readRequestBody(matched)?.content ?? {}, body) ?? {};
  const named = readExamples(matched.document, examples).map((one) => one.example.value);
  const ofSchema = schema && resolveReference<{ example?: unknown }>(matched.document, schema).example;
  const names = nameFields(body.value);
  const isShown = [...named, example, ofSchema]
    .filter(isPlainObject)
    .some((value) => nameFields(value) === names);
  const message = `No example of the spec has a body with exactly the fields ${names}. Add one to the request body.`;
  return isShown ? [] : [{ message, pointer: '/request/body', severity: 'warning' }];
}

function nameFields(value: unknown): string {
  return Object.keys(value ?? {})
    .sort()
    .join(', ');
}
