import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { IHttpOperationConfig } from '@stoplight/prism-http';
import { isFormType } from '../../http/media-types.ts';
import { type Choice, RequestProblem } from '../../http/message.ts';
import {
  type AnswerCondition,
  type DocumentedAnswer,
  findFinalStatus,
  listAnswers,
  nameStatuses,
} from '../../openapi/answers.ts';
import { isPlainObject } from '../../openapi/document.ts';
import { type ExamplePair, listPairs, meetsPair, type RequestValues } from '../../openapi/example-pairs.ts';
import { readPathValues } from '../../openapi/matcher.ts';
import type { MockOptions, Operation, Render } from './library.ts';
import { type AskedRequest, groupValues, type Preference } from './request.ts';

type Response = Operation['responses'][number];

/**
 * Applies a request's preference to what Prism is about to render: sets the example and the way, and leaves
 * the operation with the response of the preferred code alone.
 *
 * That narrowing, instead of Prism's own `code`, is on purpose: where Prism finds the response but not the
 * example or the media type, it answers from another response, or with a 500. A request that breaks the spec
 * keeps all responses, since Prism then picks among those for errors.
 *
 * @throws {RequestProblem} 422 for a malformed preference, 404 for one that the spec does not document; both
 *   list what is documented. 422 for more made-up values than the mock takes the time for
 */
function chooseResponse(options: MockOptions, matchAnswer: MatchAnswer): MockOptions {
  const { resource, input, config } = options;
  // Prism hands on the request that it was asked.
  const request = input.data as AskedRequest;
  // Of Prism's severities, 0 is an error.
  const isInvalid = input.validations.some(({ severity }) => severity === 0);
  const preference = completePreference(request.preference, () => {
    const matched = matchAnswer(resource, request);
    return isInvalid && Number(matched?.status) < 400 ? undefined : matched;
  });
  request.choice = explainChoice(request.preference, preference, isInvalid);
  const chosen: IHttpOperationConfig = { ...config, ...parseRendering(preference) };
  const response = findPreferredResponse(resource, preference);
  if (chosen.dynamic) {
    checkSize(response === undefined ? resource.responses : [response]);
  }
  if (response === undefined) {
    return { ...options, config: chosen };
  }
  if (isInvalid) {
    return { ...options, config: { ...chosen, code: Number(response.code) } };
  }
  const offered = putNamedFirst(response, preference.example, request.headers?.accept === undefined);
  return { ...options, resource: { ...resource, responses: [offered] }, config: chosen };
}

function explainChoice(asked: Preference, completed: Matched, isInvalid: boolean): Choice {
  const isPreferred = Boolean(asked.status || asked.example);
  return {
    by: isPreferred ? 'preferred' : (completed.by ?? (isInvalid ? 'invalid' : 'example')),
    ...(completed.example ? { example: completed.example } : {}),
  };
}

// An example can be there in one media type and not in another, which Prism would pick. Without an Accept, Prism has a
// favourite of its own.
function putNamedFirst(response: Response, name: string | undefined, isOpen: boolean): Response {
  const { contents = [] } = response;
  const named = contents.filter(({ examples = [] }) => examples.some(({ key }) => key === name));
  const others = contents.filter((content) => !named.includes(content));
  return named.length === 0 || others.length === 0
    ? response
    : { ...response, contents: isOpen ? named : [...named, ...others] };
}

// Whoever prefers an answer gets it; a condition of the spec is looked at otherwise, but makes no success of a request
// that breaks the spec.
function completePreference(preference: Preference, match: () => Matched | undefined): Matched {
  return preference.status || preference.example ? preference : { ...preference, ...match() };
}

function checkSize(responses: readonly Response[]): void {
  const schemas = responses.flatMap(({ contents = [] }) => contents.map(({ schema }) => schema));
  const most = Math.max(0, ...schemas.map(countValues));
  if (most > maxMadeUpValues) {
    throw new RequestProblem(
      422,
      `Cannot make up an answer: its schema asks for up to ${Math.ceil(most)} values, and the mock makes up ` +
        `${maxMadeUpValues} at most. Lower maxItems, minItems or minLength in the spec, or leave out dynamic.`,
    );
  }
}

/**
 * Lists an operation's codes and the names of their examples: `Documented are 200: signed_in, refreshed; 401.`
 */
function listDocumented(operation: Operation): string {
  const responses = operation.responses.map((response) =>
    [response.code, exampleNames(response).join(', ')].filter(Boolean).join(': '),
  );
  return `Documented are ${responses.join('; ')}.`;
}

function parseRendering({ example, dynamic, seed }: Preference): Partial<IHttpOperationConfig> {
  if (dynamic !== undefined && !['', 'true', 'false'].includes(dynamic)) {
    throw new RequestProblem(422, `The preference dynamic is "${dynamic}", expected "true" or "false".`);
  }
  return {
    ...(example ? { exampleKey: example } : {}),
    ...(dynamic === undefined ? {} : { dynamic: dynamic !== 'false' }),
    ...(seed ? { seed } : {}),
  };
}

function findPreferredResponse(operation: Operation, { status, example }: Preference): Response | undefined {
  const documented = listDocumented(operation);
  if (example && !operation.responses.some((response) => exampleNames(response).includes(example))) {
    throw new RequestProblem(404, `There is no example "${example}". ${documented}`);
  }
  if (!status) {
    return undefined;
  }
  const code = String(status);
  if (!/^[2-5]\d\d$/.test(code)) {
    throw new RequestProblem(422, `The preference code is "${code}", expected a final status. ${documented}`);
  }
  const response = findResponse(operation, code);
  if (response === undefined) {
    throw new RequestProblem(404, `There is no response ${code}. ${documented}`);
  }
  if (example && !exampleNames(response).includes(example)) {
    throw new RequestProblem(404, `Response ${code} has no example "${example}". ${documented}`);
  }
  return { ...response, code };
}

function findResponse({ responses }: Operation, code: string): Response | undefined {
  return nameStatuses(code).flatMap((name) => responses.filter((response) => response.code === name))[0];
}

function exampleNames({ contents = [] }: Response): string[] {
  return contents.flatMap(({ examples = [] }) => examples.map(({ key }) => key));
}

type Rendering = ReturnType<ReturnType<Render>>;

/**
 * Has Prism render the response that a request prefers, or the one whose `x-match` it meets. A preference that cannot be followed comes back as a
 * `RequestProblem` that lists what is documented.
 */
export function renderPreferred(
  render: Render,
  options: MockOptions,
  matchAnswer: MatchAnswer,
): ReturnType<Render> {
  return (logger) => {
    try {
      const chosen = chooseResponse(options, matchAnswer);
      const rendering = explainMissing(render(chosen)(logger), options);
      // Without a schema, there is nothing to make values up from.
      return isUnmakeable(rendering)
        ? render({ ...chosen, config: { ...chosen.config, dynamic: false } })(logger)
        : rendering;
    } catch (error) {
      return { _tag: 'Left', left: error as Error };
    }
  };
}

function isUnmakeable(rendering: Rendering): boolean {
  return rendering._tag === 'Left' && rendering.left.message.includes('schema is not defined');
}

// Which response Prism takes without a preferred code, and so which examples, is left to Prism.
function explainMissing(rendering: Rendering, { resource }: MockOptions): Rendering {
  if (rendering._tag === 'Right' || !('status' in rendering.left) || rendering.left.status !== 404) {
    return rendering;
  }
  const { detail } = rendering.left as RequestProblem;
  const explained = new RequestProblem(404, `${detail} ${listDocumented(resource)}`, {
    cause: rendering.left,
  });
  return { _tag: 'Left', left: explained };
}

/** Finds the answer whose `x-match` a request meets, or the one that has the name of the examples that it equals. */
type MatchAnswer = (operation: Operation, request: AskedRequest) => Matched | undefined;

/** What a request itself asks for, and by what. */
interface Matched extends Preference {
  by?: 'condition' | 'matched' | undefined;
}

/**
 * Reads the conditions of a document's answers, and its pairs of examples of one name. Failures are tried before
 * successes, each in the document's order, and the first that is met wins: so a success can have the broader condition.
 * A condition wins over a pair.
 */
export function createAnswerMatcher(document: Oas3_1Definition): MatchAnswer {
  const conditional = listAnswers(document).flatMap((answer) => {
    const status = answer.condition === undefined ? undefined : findFinalStatus(answer);
    const wanted = listWanted(answer.condition ?? {});
    return status === undefined ? [] : [{ ...answer, status: String(status), wanted }];
  });
  const inOrder = [...conditional.filter(isFailure), ...conditional.filter((answer) => !isFailure(answer))];
  const ofOperations = Map.groupBy(inOrder, ({ place }) => nameOperation(place));
  const pairs = Map.groupBy(listPairs(document), ({ answer }) => nameOperation(answer.place));
  return (operation, request) => {
    const name = nameOperation(operation);
    const answers = ofOperations.get(name) ?? [];
    const ownPairs = pairs.get(name) ?? [];
    if (answers.length + ownPairs.length === 0) {
      return undefined;
    }
    const given = readValues(request, operation.path);
    const met = answers.find(({ wanted }) => isMet(wanted, given));
    const answer =
      met ??
      (ownPairs.length === 0 ? undefined : findPaired(ownPairs, { ...given, body: readWholeBody(request) }));
    return (
      answer && {
        status: met?.status ?? findFinalStatus(answer),
        ...toNamed(answer),
        by: met === undefined ? 'matched' : 'condition',
      }
    );
  };
}

function toNamed({ example }: DocumentedAnswer): Pick<Preference, 'example'> {
  return example?.name === undefined ? {} : { example: example.name };
}

function findPaired(pairs: readonly ExamplePair[], given: RequestValues): DocumentedAnswer | undefined {
  const pair = pairs.find((one) => meetsPair(one, given));
  return pair === undefined || pair.isUsual ? undefined : pair.answer;
}

function nameOperation({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

function isFailure({ status }: DocumentedAnswer): boolean {
  return Number(status) >= 400;
}

type Values = Record<keyof AnswerCondition, Readonly<Record<string, unknown>>>;

function readValues(request: AskedRequest, template: string): Values {
  return {
    body: readFields(request),
    query: request.url.query ?? {},
    header: request.headers ?? {},
    path: (template.includes('{') && readPathValues(template, request.url.path)) || {},
  };
}

function readWholeBody({ body, headers }: AskedRequest): unknown {
  const isForm = typeof body === 'string' && isFormType(headers?.['content-type'] ?? '');
  return isForm ? groupValues(new URLSearchParams(body)) : body;
}

/** What one part of a request must be, as text, or `undefined` for what must not be there. */
type Wanted = readonly [part: keyof AnswerCondition, name: string, text: string | undefined];

function listWanted(condition: AnswerCondition): Wanted[] {
  return Object.entries(condition).flatMap(([part, values]) =>
    Object.entries(values).map(
      ([name, expected]): Wanted => [
        part as keyof AnswerCondition,
        part === 'header' ? name.toLowerCase() : name,
        expected === null ? undefined : String(expected),
      ],
    ),
  );
}

function isMet(wanted: readonly Wanted[], given: Values): boolean {
  return wanted.every(([part, name, text]) => {
    const found = given[part]?.[name];
    return text === undefined ? found === undefined : String(found) === text;
  });
}

function readFields({ body, form }: AskedRequest): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : form();
}

/** So many values can be made up for an answer: as many take a few seconds, in which nothing else is answered. */
const maxMadeUpValues = 50_000;

// Of a text, so many characters take as long as a value.
const charactersPerValue = 250;

/**
 * Creates a function that counts the values which json-schema-faker makes up for a schema, at most: every property, and
 * as many items as `maxItems` allows. Each schema is counted once.
 */
function createValueCounter(): (schema: unknown) => number {
  const counts = new WeakMap<object, number>();
  const count = (schema: unknown): number => {
    if (Array.isArray(schema)) {
      return schema.reduce<number>((sum, one) => sum + count(one), 0);
    }
    if (!isPlainObject(schema)) {
      return 1;
    }
    const known = counts.get(schema);
    if (known !== undefined) {
      return known;
    }
    // For where it holds itself, which json-schema-faker follows a few times only.
    counts.set(schema, 1);
    const sum = countParts(schema, count);
    counts.set(schema, sum);
    return sum;
  };
  return count;
}

function countParts(schema: Record<string, unknown>, count: (schema: unknown) => number): number {
  const { properties = {}, additionalProperties, items, allOf = [], oneOf = [], anyOf = [] } = schema;
  const choices = [oneOf, anyOf].map((each) => Math.max(0, ...(each as unknown[]).map(count)));
  const further = largest(schema.minProperties, schema.maxProperties) * count(additionalProperties);
  const elements = largest(schema.minItems, schema.maxItems, 1) * (items === undefined ? 0 : count(items));
  const text = largest(schema.minLength) / charactersPerValue;
  const own = Object.values(properties as object).reduce<number>((sum, one) => sum + count(one), 1);
  return own + further + elements + text + count(allOf) + choices.reduce((sum, one) => sum + one);
}

function largest(...bounds: unknown[]): number {
  return Math.max(0, ...bounds.map((bound) => (typeof bound === 'number' ? bound : 0)));
}

const countValues = createValueCounter();
