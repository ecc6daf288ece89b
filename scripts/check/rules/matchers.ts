import { isDeepStrictEqual } from 'node:util';
import fastCheck from 'fast-check';
import type { Matcher, Rule } from '../../pact/matching-rules.ts';

const sampleCount = 40;

/** Texts that a rule often lets through, or forgets to. */
export const edgeTexts: readonly string[] = ['', ' ', 'x', '!', '/', '//', '/\\', '/\t', 'true', 'false'];

/**
 * Tells whether a rule takes a value in the place of its example. Without a rule, only the example itself is taken.
 * A matcher that is not known here takes everything.
 */
export function accepts(rule: Rule | undefined, example: unknown, value: unknown): boolean {
  if (rule === undefined) {
    return isDeepStrictEqual(value, example);
  }
  const take = (matcher: Matcher): boolean => acceptsOne(matcher, example, value);
  return rule.combine === 'OR' ? rule.matchers.some(take) : rule.matchers.every(take);
}

/**
 * Tells whether a rule takes its example only.
 */
export function isExact(rule: Rule | undefined): boolean {
  return rule === undefined || rule.matchers.some(({ match }) => match === 'equality');
}

/**
 * Draws texts that a rule's regular expressions allow, always the same, and those of the edge texts that they do.
 * None where the rule has no regular expression, or one that ECMAScript doesn't read.
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
export function sampleRegex(pattern: string): readonly string[] {
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

// Pact's expressions are Rust's: a flag such as (?i) in front is no ECMAScript.
function toRegExp(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}
