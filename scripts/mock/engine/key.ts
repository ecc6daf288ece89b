import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { Answer, Choice } from '../../http/message.ts';
import { createMatcher, createPathCutter, needsMoreThanPath } from '../../openapi/matcher.ts';
import { createAnswerMatcher } from './choose.ts';
import type { Operation } from './library.ts';
import { type Compile, createPlainCheck, type Validate } from './plain.ts';
import type { AskedRequest, Call, Preference } from './request.ts';

/**
 * Reads all that the answer to a call depends on, where that is less than the call itself. `undefined` for any other call.
 */
export type ReadKey = (call: Call, preference?: Preference) => string | undefined;

/** Reads keys, and finds what was prepared for them. */
export interface KeyReader {
  readKey: ReadKey;
  findPrepared: (key: string) => { answer: Answer } | undefined;
}

/** What the build has prepared for a document, so that neither Ajv nor Prism is needed. */
export interface Prepared {
  /** By the ids of schemas. */
  validators: Readonly<Record<string, Validate>>;
  /** By their keys. */
  answers: Readonly<Record<string, PreparedAnswer>>;
}

/** An answer whose value is left out: it is what the body is the JSON of. */
export interface PreparedAnswer {
  answer: Answer;
  hasValue: boolean;
}

/**
 * Loads what reads the keys of a document.
 *
 * @param operations those that Prism has read until now
 */
export async function loadKeyReader(
  document: Oas3_1Definition,
  operations: readonly Operation[],
  prepared?: Prepared,
): Promise<KeyReader> {
  if (prepared === undefined) {
    const { createCompile } = await import('./plain-schemas.ts');
    return { readKey: createKeyReader(document, operations, createCompile()), findPrepared: () => undefined };
  }
  const { validators, answers } = prepared;
  return {
    readKey: createKeyReader(document, operations, ({ id }) => validators[id]),
    findPrepared: (key) => {
      const { answer, hasValue } = answers[key] ?? {};
      return answer && { answer: hasValue ? { ...answer, value: JSON.parse(answer.body) } : answer };
    },
  };
}

/**
 * Creates what reads the keys of answers. A plainly valid request is answered by its operation, its Accept, and the
 * answer that it prefers or meets the condition of; all else in it makes no difference.
 *
 * @param prepared the operations that Prism has read until now
 */
export function createKeyReader(
  document: Oas3_1Definition,
  prepared: readonly Operation[],
  compile: Compile,
): ReadKey {
  // Of paths that need more than themselves to be told apart, Prism is asked.
  if (needsMoreThanPath(document)) {
    return () => undefined;
  }
  const findOperation = createFindOperation(document, prepared);
  const isPlain = createPlainCheck(compile);
  let matchAnswer: ReturnType<typeof createAnswerMatcher> | undefined;
  const readChoice = (operation: Operation, asked: AskedRequest, preferred: Preference): string => {
    if (preferred.status || preferred.example) {
      return formatChoice({ by: 'preferred', ...preferred });
    }
    matchAnswer ??= createAnswerMatcher(document);
    return formatChoice(matchAnswer(operation, asked));
  };
  return (call, preference) => {
    const request = readQuietly(call);
    if (request === undefined || request.url.baseUrl !== undefined) {
      return undefined;
    }
    const preferred = preference ?? request.preference;
    const isMadeUp = preferred.dynamic !== undefined || preferred.seed !== undefined;
    const found = isMadeUp ? undefined : findOperation(request);
    if (found === undefined || !isPlain(found.operation, found.request)) {
      return undefined;
    }
    const choice = readChoice(found.operation, found.request, preferred);
    return formatKey(found.operation, request.headers?.accept, choice);
  };
}

/** Writes the key of an answer. */
export function formatKey({ method, path }: Operation, accept = '', choice = ''): string {
  return `${method} ${path}\n${accept}\n${choice}`;
}

/** Writes which answer of an operation is chosen, and why. */
export function formatChoice(chosen: (Preference & { by?: Choice['by'] | undefined }) | undefined): string {
  return chosen === undefined
    ? ''
    : `${chosen.by} ${JSON.stringify([String(chosen.status ?? ''), chosen.example])}`;
}

// What is malformed is for Prism's side to refuse.
function readQuietly(call: Call): AskedRequest | undefined {
  try {
    return call.read();
  } catch {
    return undefined;
  }
}

interface Found {
  operation: Operation;
  /** With the path below the base path of the server. */
  request: AskedRequest;
}

function createFindOperation(
  document: Oas3_1Definition,
  prepared: readonly Operation[],
): (request: AskedRequest) => Found | undefined {
  const findCall = createMatcher(document);
  const toOwnPath = createPathCutter(document, findCall);
  const known = new Map<string, Operation>();
  return (request) => {
    // They are read one after the other.
    for (const operation of known.size < prepared.length ? prepared.slice(known.size) : []) {
      known.set(`${operation.method} ${operation.path}`, operation);
    }
    const own = toOwnPath(request);
    const place = findCall({ method: own.method, path: own.url.path })?.place;
    const operation = place && known.get(`${place.method} ${place.path}`);
    return operation && { operation, request: own };
  };
}
