import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getLineColLocation, Source } from '@redocly/openapi-core';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { SetupError } from '../cli/command.ts';
import { type Finding, formatPath, type Place } from '../cli/finding.ts';
import { ifThen, toPointer } from '../openapi/document.ts';
import { type Interaction, isVersion4, type Pact, type RawRequest } from './pact.ts';

/** A pact with the places of its parts. */
export interface PactDocument {
  file: string;
  pact: Pact;
  /** Finds a JSON pointer such as `#/interactions/0`, or the nearest part of it that is there. */
  locate: (pointer: string) => Place;
}

/** Either a pact, or what is wrong with the file. */
export type PactReading =
  | { document: PactDocument; findings: [] }
  | { document: undefined; findings: Finding[] };

/**
 * Reads a Pact file. What is wrong with it comes back as a finding of code `pact.unreadable`.
 *
 * @throws {SetupError} when there is no such file
 */
export function readPact(path: string): PactReading {
  const file = formatPath(path);
  const text = readText(path);
  const source = new Source(path, text);
  const locate = (pointer: string): Place => {
    try {
      const { start } = getLineColLocation({ source, pointer, reportOnKey: true });
      return { file, line: start.line, column: start.col, pointer };
    } catch {
      // The place is looked up with recursion, which a value that is nested too deep exhausts.
      return { file, pointer };
    }
  };
  let pact: unknown;
  try {
    pact = JSON.parse(text);
  } catch (error) {
    const message = `Not valid JSON: ${(error as Error).message}. Expected a Pact file.`;
    return refuse(message, { file, line: 1, column: 1 });
  }
  const problem = findShapeProblem(pact);
  return problem === undefined
    ? { document: { file, pact: normalizePact(pact as LoosePact), locate }, findings: [] }
    : refuse(problem.message, locate(problem.pointer));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const hint = 'Name a Pact file, or a folder of them.';
    throw new SetupError(`Cannot read the pact ${path}: ${(cause as Error).message}. ${hint}`, { cause });
  }
}

function refuse(message: string, at: Place): PactReading {
  return { document: undefined, findings: [{ code: 'pact.unreadable', severity: 'error', message, at }] };
}

const httpType = 'Synchronous/HTTP';

/** A pact whose interactions are as some libraries write them. */
interface LoosePact extends Omit<Pact, 'interactions'> {
  interactions?: LooseInteraction[];
}

interface LooseInteraction extends Omit<Partial<Interaction>, 'providerState'> {
  providerState?: string | null;
  /** V1. */
  provider_state?: string | null;
}

/**
 * Writes a pact as Pact itself does: texts in headers and query, a slash in front of a path, nothing where `null`
 * stands. Messages, and interactions of a type that there is not, are left as they are; their type tells.
 */
function normalizePact({ interactions = [], ...pact }: LoosePact): Pact {
  const { pactSpecification, 'pact-specification': older, pactSpecificationVersion } = pact.metadata ?? {};
  const version = Number.parseInt(
    String((pactSpecification ?? older)?.version ?? pactSpecificationVersion ?? 2),
    10,
  );
  return { ...pact, interactions: interactions.map((one) => normalizeInteraction(one, version)) };
}

function normalizeInteraction(raw: LooseInteraction, version: number): Interaction {
  const { provider_state: older, providerState = older, providerStates, ...interaction } = raw;
  const { type: named = httpType, description = '', request, response } = interaction;
  const type = named.toLowerCase() === httpType.toLowerCase() ? httpType : named;
  // Pact's own reader passes over an interaction of V4 without a type.
  const states = {
    ...(version >= 4 || interaction.type !== undefined ? { type } : {}),
    ...(typeof providerState === 'string' ? { providerState } : {}),
    ...(Array.isArray(providerStates) ? { providerStates } : {}),
  };
  if (type !== httpType || request === undefined || response === undefined) {
    return { ...interaction, ...states, description } as Interaction;
  }
  const path = request.path.startsWith('/') ? request.path : `/${request.path}`;
  const query = normalizeQuery(request.query, version);
  return {
    ...interaction,
    ...states,
    description,
    request: {
      ...dropNull(request),
      path,
      headers: toTexts(request.headers),
      ...(query === undefined ? {} : { query }),
    },
    response: { ...dropNull(response), headers: toTexts(response.headers) },
  };
}

// Before V3, a query is a text, and Pact reads no other.
function normalizeQuery(query: RawRequest['query'] | null, version: number): RawRequest['query'] {
  if (typeof query === 'string' || query === undefined || query === null) {
    return query ?? undefined;
  }
  const texts = toTexts(query);
  const pairs = Object.entries(texts).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
  return version >= 3 ? texts : new URLSearchParams(pairs).toString();
}

// A body that is null, in V4 too, is none; `{ content: null }` would be one.
function dropNull<Message extends object>(message: Message): Message {
  return Object.fromEntries(Object.entries(message).filter(([, value]) => value !== null)) as Message;
}

function toTexts(values: object | null | undefined): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([name, value]) =>
      value === null ? [] : [[name, Array.isArray(value) ? value.map(String) : String(value)]],
    ),
  );
}

const named = { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 1 } } };
const scalar = { type: ['string', 'number', 'boolean', 'null'] };
const texts = { anyOf: [scalar, { type: 'array', items: scalar }] };
const matcher = {
  type: 'object',
  properties: { match: { type: 'string' }, regex: { type: 'string' } },
};
// From V3 on, a rule is a list of matchers; before, it is a matcher.
const rule = {
  ...matcher,
  properties: { ...matcher.properties, matchers: { type: 'array', items: matcher } },
};
const rules = { type: 'object', additionalProperties: rule };
const message = {
  headers: { type: ['object', 'null'], additionalProperties: texts },
  matchingRules: {
    type: 'object',
    properties: { path: rule, query: rules, header: rules, body: rules },
    patternProperties: { '^\\$': rule },
  },
};
const envelope = {
  properties: { contentType: { type: 'string' }, encoded: { type: ['boolean', 'string'] } },
};

function describeHttp(body: object): object {
  return {
    required: ['request', 'response'],
    properties: {
      request: {
        type: 'object',
        required: ['method', 'path'],
        properties: {
          ...message,
          body,
          method: { type: 'string' },
          // A path without its slash is read, a URL with a host is not.
          path: { type: 'string', pattern: '^(/|[^/:]*(/|$))' },
          query: { anyOf: [{ type: ['string', 'null'] }, { type: 'object', additionalProperties: texts }] },
        },
      },
      response: {
        type: 'object',
        required: ['status'],
        properties: { ...message, body, status: { type: 'integer', minimum: 100, maximum: 599 } },
      },
    },
  };
}

/**
 * The shape of a Pact file of version 1 to 4, as far as the gates read it.
 *
 * @see https://github.com/pact-foundation/pact-specification
 */
function describeShape(http: object): object {
  return {
    type: 'object',
    required: ['consumer', 'provider'],
    properties: {
      consumer: named,
      provider: named,
      interactions: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            type: { type: 'string' },
            description: { type: 'string' },
            providerState: { type: ['string', 'null'] },
            provider_state: { type: ['string', 'null'] },
            providerStates: { type: ['array', 'null'], items: named },
          },
          ...ifThen({ properties: { type: { pattern: '^[Ss]ynchronous/[Hh][Tt][Tt][Pp]$' } } }, http),
        },
      },
    },
  };
}

const ajv = new Ajv2020({ strict: false });
const validate = ajv.compile(describeShape(describeHttp({})));
const validateV4 = ajv.compile(describeShape(describeHttp(envelope)));

/** As much of the place of what is too deep as helps to find it: `#/interactions/0/request/body`. */
const shownDepth = 4;

/** Pact's own reader gives up on what is nested deeper: https://docs.rs/serde_json/latest/serde_json/struct.Deserializer.html */
const maxDepth = 127;

/**
 * Says what keeps a JSON value from being a Pact file, and where, or gives `undefined`.
 */
function findShapeProblem(value: unknown): { message: string; pointer: string } | undefined {
  const deepKeys = findDeepKeys(value);
  if (deepKeys !== undefined) {
    const pointer = toPointer(deepKeys.slice(0, shownDepth));
    return { message: describePlace(pointer, `is nested more than ${maxDepth} levels deep`), pointer };
  }
  const check = isVersion4(value as Partial<Pact> | null) ? validateV4 : validate;
  // The last is of the outermost keyword, which speaks of `if` and `anyOf`; the first is the reason.
  const [error] = check(value) ? [] : (check.errors ?? []);
  if (error === undefined) {
    return undefined;
  }
  const pointer = `#${error.instancePath}`;
  return { message: describePlace(pointer, describeError(error)), pointer };
}

function describeError({ message = 'has another shape', params }: ErrorObject): string {
  const { missingProperty, allowedValues } = params as { missingProperty?: string; allowedValues?: string[] };
  if (missingProperty !== undefined) {
    return `has no \`${missingProperty}\``;
  }
  return allowedValues === undefined ? message : `must be one of ${allowedValues.join(', ')}`;
}

function describePlace(pointer: string, reason: string): string {
  return pointer === '#'
    ? `It ${reason}: this is not a Pact file.`
    : `The place ${pointer} ${reason}. Expected a Pact file of version 1 to 4.`;
}

// Without recursion, which such a value could exhaust.
function findDeepKeys(root: unknown): string[] | undefined {
  const open: { value: unknown; keys: string[] }[] = [{ value: root, keys: [] }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { value, keys } = node;
    if (typeof value === 'object' && value !== null) {
      if (keys.length >= maxDepth) {
        return keys;
      }
      for (const [key, inner] of Object.entries(value)) {
        open.push({ value: inner, keys: [...keys, key] });
      }
    }
  }
  return undefined;
}

/**
 * Lists the pacts that a path names: itself, or all in a folder, by name.
 *
 * @throws {SetupError} for a folder without pacts
 */
export function listPacts(path: string): string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return [path];
  }
  const names = readdirSync(path).filter((name) => name.endsWith('.json'));
  if (names.length === 0) {
    throw new SetupError(`Found no .json file in ${path}, expected pacts. Name another folder with --pact.`);
  }
  return names.sort().map((name) => join(path, name));
}
