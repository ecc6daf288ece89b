import { isDeepStrictEqual } from 'node:util';
import type { Oas3_1Definition, Oas3_1Schema, Oas3RequestBody } from '@redocly/openapi-core';
import { type DocumentedAnswer, findFinalStatus, listAnswers, readExamples } from './answers.ts';
import { resolveReference } from './document.ts';
import { type OperationPlace, readParameters } from './operations.ts';

/** A value that a request example has in one part of the request. */
export interface NamedPart {
  in: 'body' | 'query' | 'header' | 'path' | 'cookie';
  /** Of a parameter. */
  parameter?: string;
  value: unknown;
}

/** A request example and a response example of one name: who asks so is answered so. */
export interface ExamplePair {
  name: string;
  answer: DocumentedAnswer;
  /** Whether a valid request gets the answer anyway. */
  isUsual: boolean;
  /** All values that count for each part: a body can have one in each media type. */
  parts: NamedPart[][];
}

/**
 * Lists the pairs of a document, those of an operation that ask for the most first. A response with an `x-match`, which
 * says more, makes none. A name that several responses have means the lowest success.
 */
export function listPairs(document: Oas3_1Definition): ExamplePair[] {
  const ofOperations = Map.groupBy(listAnswers(document), ({ place }) => place.pointer);
  return [...ofOperations.values()].flatMap((answers) => {
    const [first] = answers;
    const requests = first === undefined ? new Map() : readNamedRequests(document, first.place);
    return requests.size === 0 ? [] : pairUp(answers, requests);
  });
}

function pairUp(
  answers: readonly DocumentedAnswer[],
  requests: ReadonlyMap<string, NamedPart[][]>,
): ExamplePair[] {
  const inOrder = answers.toSorted((one, other) => rank(one) - rank(other));
  const [usual] = inOrder;
  const pairs = [...requests].flatMap(([name, parts]): ExamplePair[] => {
    const answer = inOrder.find(({ example }) => example?.name === name);
    const isShown = answer?.example?.value !== undefined && answer.condition === undefined;
    return isShown ? [{ name, answer, parts, isUsual: answer === usual }] : [];
  });
  // If two ask for the same, the first one counts, and the usual one comes before all others.
  const inRank = pairs.toSorted(
    (one, other) => Number(other.isUsual) - Number(one.isUsual) || other.parts.length - one.parts.length,
  );
  const asked = inRank.map(({ parts }) => JSON.stringify(parts));
  return inRank
    .filter((_, index) => asked.indexOf(asked[index] ?? '') === index)
    .toSorted((one, other) => other.parts.length - one.parts.length);
}

// What Prism gives to a valid request: the lowest success.
function rank(answer: DocumentedAnswer): number {
  return findFinalStatus(answer) ?? 600;
}

function readNamedRequests(document: Oas3_1Definition, place: OperationPlace): Map<string, NamedPart[][]> {
  const requests = new Map<string, NamedPart[][]>();
  const add = (name: string, part: NamedPart): void => {
    if (part.value === undefined) return;
    const parts = requests.get(name) ?? [];
    const known = parts.find(([one]) => one?.in === part.in && one.parameter === part.parameter);
    known === undefined ? parts.push([part]) : known.push(part);
    requests.set(name, parts);
  };
  for (const { name: parameter, in: part = 'query', examples } of readParameters(document, place)) {
    for (const { name, example } of readExamples(document, examples)) {
      add(name, { in: part as NamedPart['in'], parameter, value: example.value });
    }
  }
  const { requestBody } = place.operation;
  const { content = {} } =
    requestBody === undefined ? {} : resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, requestBody);
  for (const { name, example } of Object.values(content).flatMap(({ examples }) =>
    readExamples(document, examples),
  )) {
    add(name, { in: 'body', value: example.value });
  }
  return requests;
}

/** The values of a request, as they came: texts, but for a body that is parsed. */
export interface RequestValues {
  body: unknown;
  query: Readonly<Record<string, unknown>>;
  header: Readonly<Record<string, unknown>>;
  path: Readonly<Record<string, unknown>>;
}

/**
 * Tells whether a request has the values of all parts of a pair.
 */
export function meetsPair({ parts }: ExamplePair, given: RequestValues): boolean {
  return parts.every((alternatives) => alternatives.some((part) => hasValue(part, given)));
}

function hasValue({ in: place, parameter = '', value }: NamedPart, given: RequestValues): boolean {
  if (place === 'body') {
    return isEqual(given.body, value);
  }
  if (place === 'cookie') {
    const cookies = String(given.header.cookie ?? '').split(/;\s*/);
    return cookies.includes(`${parameter}=${value}`);
  }
  const found = given[place][place === 'header' ? parameter.toLowerCase() : parameter];
  return found !== undefined && toTexts(found).join() === toTexts(value).join();
}

function toTexts(value: unknown): string[] {
  return [value].flat().map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)));
}

// A form has texts, where its example has numbers, too.
function isEqual(found: unknown, expected: unknown): boolean {
  return (
    isDeepStrictEqual(found, readJson(expected)) ||
    isDeepStrictEqual(found, expected) ||
    (isTexts(found) && typeof expected === 'object' && toFields(found) === toFields(expected))
  );
}

// People paste JSON as a text, too.
function readJson(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    return value;
  }
}

function isTexts(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    Object.values(value ?? {})
      .flat()
      .every((one) => typeof one === 'string')
  );
}

function toFields(value: object | null): string {
  const fields = Object.entries(value ?? {}).map(([name, one]) => [name, toTexts(one)] as const);
  return JSON.stringify(fields.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
