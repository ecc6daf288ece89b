import type { Oas3_1Definition } from '@redocly/openapi-core';
import { quote } from '../generate/text/literal.ts';
import { isFormType, isJsonType, readEssence } from '../http/media-types.ts';
import { isPlainObject } from '../openapi/document.ts';
import { fillTemplate } from '../openapi/matcher.ts';
import type { ParameterModel } from '../openapi/operations.ts';
import type { SchemaNode } from '../openapi/validator.ts';
import { type CaseRequest, listInvalidParts, type OperationCases, type TestCase } from './cases.ts';
import {
  callOf,
  type Expression,
  findBranches,
  listCalls,
  renderExpression,
  toExpression,
  toMatcher,
} from './matchers.ts';

/** The function of the set-up that expects a form. */
export const formHelper = 'expectForm';

type Entry = readonly [name: string, value: Expression];

/** A test, by the parts that it is rendered from. */
interface RenderedCase {
  text: string;
  /** The matchers of Pact that the test calls. */
  matchers: readonly string[];
  usesForm: boolean;
  usesBodyType: boolean;
}

/**
 * Renders the file with the consumer tests of an operation.
 */
export function renderTests(document: Oas3_1Definition, { operation, cases }: OperationCases): string {
  const bodies = cases.map((one) => renderBody(document, operation, one.request));
  // What all tests send stands before them.
  const shared = bodies.length > 1 && new Set(bodies).size === 1 ? bodies[0] : undefined;
  const rendered = cases.map((one, index) =>
    renderCase(document, operation, one, shared === undefined ? bodies[index] : undefined),
  );
  const matchers = [...new Set(rendered.flatMap((one) => one.matchers))].sort();
  const helpers = ['clientOn', 'consumer', ...(rendered.some((one) => one.usesForm) ? [formHelper] : [])];
  const optionsType = `${operation.typeName}Options`;
  return [
    ...(matchers.length === 0 ? [] : ["import { Matchers } from '@pact-foundation/pact';"]),
    "import { describe, expect, it } from 'vitest';",
    ...(rendered.some((one) => one.usesBodyType)
      ? [`import type { ${optionsType} } from './generated/client.ts';`]
      : []),
    `import { ${helpers.join(', ')} } from './setup/consumer.ts';`,
    '',
    ...(matchers.length === 0 ? [] : [`const { ${matchers.join(', ')} } = Matchers;`, '']),
    `describe(${quote(operation.id)}, () => {`,
    ...(shared === undefined ? [] : [`${shared.replaceAll(/^ {2}/gm, '')}\n`]),
    rendered.map(({ text }) => text).join('\n\n'),
    '});',
    '',
  ].join('\n');
}

/** Renders the constant of the body that a test sends. */
function renderBody(
  document: Oas3_1Definition,
  { typeName, requestBody }: OperationCases['operation'],
  request: CaseRequest,
): string | undefined {
  if (request.body === undefined) {
    return undefined;
  }
  const type = `${typeName}Options['body']`;
  const bodyType = requestBody?.required === true ? type : `NonNullable<${type}>`;
  const isTyped = !listInvalidParts(document, request).includes('body');
  return renderConstant(`body${isTyped ? `: ${bodyType}` : ''}`, toExpression(request.body.value));
}

/** @param body the constant of the body, unless it stands before all tests */
function renderCase(
  document: Oas3_1Definition,
  operation: OperationCases['operation'],
  { label, state, request, response }: TestCase,
  body: string | undefined,
): RenderedCase {
  const invalid = listInvalidParts(document, request);
  const expected = describeBody(document, response);
  const sent = describeRequest(document, request);
  const constants = [
    ...(body === undefined ? [] : [body]),
    ...(expected === undefined ? [] : [renderConstant('expected', expected)]),
  ];
  const chain = [
    'consumer',
    '  .addInteraction()',
    ...(state === undefined ? [] : [`  .given(${quote(state)})`]),
    `  .uponReceiving(${quote(`a call to ${operation.id} that gets ${response.status}: ${label}`)})`,
    ...renderBuilder(
      `withRequest(${quote(operation.method.toUpperCase())}, ${quote(fillTemplate(operation.path, request.path))}`,
      'request',
      sent.map(({ call }) => call),
    ),
    ...renderBuilder(`willRespondWith(${response.status}`, 'response', describeResponse(response, expected)),
    '  .executeTest(async ({ url }) => {',
    `    const result = await ${renderCall(operation, request, invalid)};`,
    `    expect(result).toMatchObject(${renderExpectation(response, expected)});`,
    ...renderHeaderChecks(response.headers),
    '  })',
  ];
  const title = `  it(${quote(`gets ${response.status}: ${label}`)}, () =>`;
  const text =
    constants.length === 0
      ? `${title}\n${indent(chain, '    ')});`
      : `${title} {\n${[...constants, indent([`return ${chain[0]}`, ...chain.slice(1)], '    ')].join('\n')};\n  });`;
  const expressions = [expected, ...sent.map(({ call }) => call)].flatMap((one) => one ?? []);
  return {
    text,
    matchers: [
      ...expressions.flatMap(listCalls).filter(isMatcher),
      ...(expected === undefined ? [] : ['reify']),
    ],
    usesForm: sent.some(({ isForm }) => isForm),
    usesBodyType: request.body !== undefined && !invalid.includes('body'),
  };
}

const matcherNames: readonly string[] = [
  'boolean',
  'eachLike',
  'equal',
  'integer',
  'like',
  'number',
  'regex',
  'string',
];

function isMatcher(name: string): boolean {
  return matcherNames.includes(name);
}

function renderConstant(name: string, value: Expression): string {
  const start = `const ${name} = `;
  return `    ${start}${renderExpression(value, '    ', start.length)};`;
}

function indent(lines: readonly string[], blanks: string): string {
  return lines.map((line) => line.replaceAll(/^(?=.)/gm, blanks)).join('\n');
}

function renderBuilder(start: string, name: string, calls: readonly Expression[]): string[] {
  if (calls.length === 0) {
    return [`  .${start})`];
  }
  const lines = calls.map((call) => {
    const isHelper = call.kind === 'call' && call.name === formHelper;
    const before = isHelper ? '' : `${name}.`;
    return `    ${before}${renderExpression(call, '        ', before.length).replaceAll('\n    ', '\n')};`;
  });
  return [`  .${start}, (${name}) => {`, ...lines, '  })'];
}

/** What the builder of a request is told, in this order: Pact takes the media type of a body from the headers. */
function describeRequest(
  document: Oas3_1Definition,
  request: CaseRequest,
): { call: Expression; isForm: boolean }[] {
  const { credentials, parameters, body } = request;
  const ofPlace = (place: 'query' | 'header' | 'cookie'): Entry[] =>
    credentials
      .filter((one) => one.in === place)
      .map(({ name, value }) => [name, toExpression(value)] as const);
  const query = [
    ...parameters.flatMap((one) => (one.in === 'query' ? encodeQuery(one, request.query[one.name]) : [])),
    ...ofPlace('query'),
  ];
  const cookies = credentials
    .filter((one) => one.in === 'cookie')
    .map(({ name, value }) => `${name}=${value}`);
  const headers: Entry[] = [
    ...(body === undefined || isPlainJson(body.mediaType) || isFormType(body.mediaType)
      ? []
      : [['Content-Type', toExpression(body.mediaType)] as const]),
    ...Object.entries(request.header).map(
      ([name, value]) => [name, toExpression([value].flat().join(','))] as const,
    ),
    ...ofPlace('header').map(
      ([name, value]) => [name === 'authorization' ? 'Authorization' : name, value] as const,
    ),
    ...(cookies.length === 0 ? [] : [['Cookie', toExpression(cookies.join('; '))] as const]),
  ];
  return [
    ...(query.length === 0 ? [] : [callOf('query', { kind: 'object', entries: query })]),
    ...(headers.length === 0 ? [] : [callOf('headers', { kind: 'object', entries: headers })]),
  ]
    .map((call) => ({ call, isForm: false }))
    .concat(body === undefined ? [] : [describeRequestBody(document, body)]);
}

function describeRequestBody(
  document: Oas3_1Definition,
  { mediaType, schema, value }: NonNullable<CaseRequest['body']>,
): { call: Expression; isForm: boolean } {
  if (isFormType(mediaType)) {
    return {
      call: callOf(formHelper, { kind: 'code', text: 'request' }, describeForm(document, schema, value)),
      isForm: true,
    };
  }
  const body: Expression = { kind: 'code', text: 'body' };
  const call = isJsonType(mediaType)
    ? callOf('jsonBody', body)
    : callOf('body', toExpression(mediaType), callOf('Buffer.from', body));
  return { call, isForm: false };
}

function describeForm(document: Oas3_1Definition, schema: SchemaNode, value: unknown): Expression {
  const [branch] = findBranches(document, schema, value);
  const fields = isPlainObject(value) ? Object.entries(value) : [];
  return {
    kind: 'object',
    entries: fields.map(([name, one]) => {
      const matcher = toMatcher(document, (branch?.properties?.[name] ?? {}) as SchemaNode, one);
      const isText = matcher.kind === 'call' && ['equal', 'regex'].includes(matcher.name);
      return [name, isText ? matcher : callOf('string', toExpression(String(one)))] as const;
    }),
  };
}

/** Writes a query parameter as its style has it. */
function encodeQuery(
  { name, style = 'form', explode = style === 'form' }: ParameterModel,
  value: unknown,
): Entry[] {
  if (value === undefined) {
    return [];
  }
  if (Array.isArray(value)) {
    const separator = { spaceDelimited: ' ', pipeDelimited: '|' }[style as string] ?? ',';
    return [[name, toExpression(explode ? value.map(String) : value.join(separator))]];
  }
  if (!isPlainObject(value)) {
    return [[name, toExpression(String(value))]];
  }
  const entries = Object.entries(value);
  if (style === 'deepObject') {
    return entries.map(([key, one]) => [`${name}[${key}]`, toExpression(String(one))] as const);
  }
  return explode
    ? entries.map(([key, one]) => [key, toExpression(String(one))] as const)
    : [[name, toExpression(entries.flat().join(','))]];
}

function isPlainJson(mediaType: string): boolean {
  return readEssence(mediaType) === 'application/json';
}

function describeBody(document: Oas3_1Definition, { body }: TestCase['response']): Expression | undefined {
  return body?.value === undefined || body.schema === undefined
    ? undefined
    : toMatcher(document, body.schema, body.value);
}

function describeResponse(
  { headers, body }: TestCase['response'],
  expected: Expression | undefined,
): Expression[] {
  const isOther = body !== undefined && (expected === undefined || !isPlainJson(body.mediaType));
  const entries: Entry[] = [
    ...(isOther ? [['Content-Type', toExpression(body.mediaType)] as const] : []),
    ...Object.entries(headers).map(([name, value]) => [name, callOf('string', toExpression(value))] as const),
  ];
  return [
    ...(entries.length === 0 ? [] : [callOf('headers', { kind: 'object', entries })]),
    ...(expected === undefined ? [] : [callOf('jsonBody', { kind: 'code', text: 'expected' })]),
  ];
}

function renderExpectation({ status }: TestCase['response'], expected: Expression | undefined): string {
  return expected === undefined ? `{ status: ${status} }` : `{ status: ${status}, body: reify(expected) }`;
}

function renderHeaderChecks(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).map(
    ([name, value]) => `    expect(result.response.headers.get(${quote(name)})).toBe(${quote(value)});`,
  );
}

function renderCall(
  { functionName, security }: OperationCases['operation'],
  { path, query, header, credentials, body }: CaseRequest,
  invalid: readonly (keyof CaseRequest)[],
): string {
  // The client has all other credentials.
  const token = credentials
    .find(({ value }) => security.bearerToken !== 'none' && value.startsWith('Bearer '))
    ?.value.slice('Bearer '.length);
  const parts = Object.entries({ path, query, header }).filter(
    ([, values]) => Object.keys(values).length > 0,
  );
  const entries: Entry[] = [
    ...parts.map(
      ([part, values]) => [part, withDoubt(toExpression(values), invalid.includes(part as 'path'))] as const,
    ),
    ...(body === undefined
      ? []
      : [['body', withDoubt({ kind: 'code', text: 'body' }, invalid.includes('body'))] as const]),
    ...(token === undefined ? [] : [['bearerToken', toExpression(token)] as const]),
  ];
  const call = `clientOn(url).${functionName}(`;
  const before = `const result = await ${call}`.length + 2;
  const options =
    entries.length === 0 ? '' : renderExpression({ kind: 'object', entries }, '        ', before);
  return `${call}${options.replaceAll('\n    ', '\n')})`;
}

// What breaks the spec on purpose breaks the types, too.
function withDoubt(expression: Expression, isInvalid: boolean): Expression {
  return isInvalid ? { kind: 'code', text: `${renderExpression(expression)} as never` } : expression;
}
