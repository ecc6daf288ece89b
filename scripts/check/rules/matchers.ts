import { isDeepStrictEqual } from 'node:util';
import fastCheck from 'fast-check';
import type { Branch } from '../../openapi/schemas.ts';
import type { Matcher, Rule } from '../../pact/matching-rules.ts';

const sampleCount = 40;

/** Texts that a rule often allows or rejects by mistake. */
export const edgeTexts: readonly string[] = ['', ' ', 'x', '!', '/', '//', '/\\', '/\t', 'true', 'false'];

/**
 * Returns whether a rule accepts a value instead of its example. Without a rule, only the example itself is accepted.
 * An unknown matcher accepts everything.
 */
export function accepts(rule: Rule | undefined, example: unknown, value: unknown): boolean {
  if (rule === undefined) {
    return isDeepStrictEqual(value, example);
  }
  const take = (matcher: Matcher): boolean => acceptsOne(matcher, example, value);
  return rule.combine === 'OR' ? rule.matchers.some(take) : rule.matchers.every(take);
}

/**
 * Returns whether a rule accepts only its example.
 */
export function isExact(rule: Rule | undefined): boolean {
  return rule === undefined || rule.matchers.some(({ match }) => match === 'equality');
}

/**
 * Returns texts that the regular expressions of a rule allow, always the same, edge texts among them. Returns none if
 * the rule has no regular expression, or one that ECMAScript cannot parse.
 */
export function sampleTexts({ matchers }: Rule): string[] {
  const patterns = matchers.flatMap(({ match, regex }) => (match === 'regex' ? (regex ?? []) : []));
  const samples = patterns.flatMap(sampleRegex);
  const texts = samples.length === 0 ? [] : [...edgeTexts, ...samples];
  return texts.filter((text) => patterns.every((pattern) => toRegExp(pattern)?.test(text) !== false));
}

// What is drawn from a pattern depends on the pattern alone, and drawing is slow.
const drawn = new Map<string, readonly string[]>();

/**
 * Draws texts that a regular expression allows.
 */
function sampleRegex(pattern: string): readonly string[] {
  const texts = drawn.get(pattern) ?? drawTexts(pattern);
  drawn.set(pattern, texts);
  return texts;
}

function drawTexts(pattern: string): string[] {
  const regex = toRegExp(pattern);
  try {
    return regex === undefined
      ? []
      : fastCheck.sample(fastCheck.stringMatching(regex), { seed: 1, numRuns: sampleCount });
  } catch {
    // It draws from a part of ECMAScript's syntax only.
    return [];
  }
}

// A map, for which the name of a matcher can't be one that every object has.
const tests = new Map<string, (value: unknown, matcher: Matcher) => boolean>(
  Object.entries({
    regex: (value, { regex = '' }) => toRegExp(regex)?.test(String(value)) !== false,
    integer: (value) => Number.isInteger(value),
    decimal: (value) => typeof value === 'number',
    number: (value) => typeof value === 'number',
    boolean: (value) => typeof value === 'boolean',
    null: (value) => value === null,
    notEmpty: (value) => value !== '' && value !== null,
    include: (value, matcher) => String(value).includes(String(matcher.value)),
  }),
);

function acceptsOne(matcher: Matcher, example: unknown, value: unknown): boolean {
  const { match = 'type' } = matcher;
  if (match === 'equality') {
    return isDeepStrictEqual(value, example);
  }
  return match === 'type' ? typeOf(value) === typeOf(example) : (tests.get(match)?.(value, matcher) ?? true);
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

// Pact holds an expression to the whole of a text, anchored or not.
// Pact's expressions are Rust's: a leading flag such as (?i) is not ECMAScript.
function toRegExp(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

const formats: Readonly<Record<string, readonly string[]>> = {
  date: ['2026-01-31'],
  'date-time': ['2026-01-31T23:59:59Z', '2026-01-31T23:59:59.999+02:00'],
  time: ['23:59:59Z'],
  email: ['a@b.io', 'ada.lovelace+1@mail.example.org'],
  uuid: ['0b8e8f2e-6a0c-4c37-9d8b-6f0c2f3a1d11'],
  uri: ['https://example.org/a?b=c#d', 'urn:isbn:1'],
  'uri-reference': ['', '/', '/a/b?c=d', 'https://example.org/'],
};

const anyOfEach: readonly unknown[] = ['x', 1, 0.5, true, null, {}, []];

/**
 * Returns values that a schema of a single value allows, edge values among them. Always the same.
 */
export function sampleBranch(branch: Branch): unknown[] {
  if (branch.const !== undefined) {
    return [branch.const];
  }
  if (branch.enum !== undefined) {
    return [...branch.enum];
  }
  const { type } = branch;
  if (type === undefined) {
    return [...anyOfEach];
  }
  return [type].flat().flatMap((one) => sampleType(one, branch));
}

/**
 * Returns whether a schema lists its values, rather than a kind of value.
 */
export function isClosed({ const: constant, enum: members, type }: Branch): boolean {
  const closed: readonly unknown[] = ['null', 'boolean'];
  return (
    constant !== undefined || members !== undefined || [type].flat().every((one) => closed.includes(one))
  );
}

function sampleType(type: string, branch: Branch): unknown[] {
  switch (type) {
    case 'string':
      return sampleString(branch);
    case 'integer':
      return sampleNumber(branch, []);
    case 'number':
      return sampleNumber(branch, [0.5]);
    case 'boolean':
      return [true, false];
    case 'null':
      return [null];
    case 'array':
      return [[]];
    default:
      return [{}];
  }
}

function sampleString({ pattern, format = '', minLength = 0, maxLength }: Branch): string[] {
  const drawn =
    pattern === undefined
      ? (formats[format] ?? ['x'.repeat(minLength), `x y ${'z'.repeat(minLength)}`])
      : sampleRegex(pattern);
  return drawn.filter(({ length }) => length >= minLength && length <= (maxLength ?? length));
}

function sampleNumber({ minimum, maximum }: Branch, others: readonly number[]): number[] {
  const low = minimum ?? -1;
  const high = maximum ?? 86_400;
  return [low, high, 0, 1, ...others].filter((value) => value >= low && value <= high);
}
