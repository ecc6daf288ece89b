import type { Oas3_1Schema } from '@redocly/openapi-core';
import { samplePattern } from './sample-pattern.ts';

type Schema = Pick<
  Oas3_1Schema,
  | 'type'
  | 'minimum'
  | 'maximum'
  | 'multipleOf'
  | 'exclusiveMinimum'
  | 'exclusiveMaximum'
  | 'format'
  | 'pattern'
  | 'minLength'
  | 'maxLength'
>;

/**
 * Makes up the number of a schema that is next to its `multipleOf`, or to one.
 *
 * @returns `undefined` for an empty range
 */
export function sampleNumber(schema: Schema): number | undefined {
  const { multipleOf: step = 1, type } = schema as Schema & { multipleOf?: number };
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  const above = Number(schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
  const below = Number(schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY);
  const isFit = (value: number): boolean =>
    value >= minimum && value <= maximum && value > above && value < below;
  const lowest = Math.max(minimum, above);
  const highest = Math.min(maximum, below);
  const whole = [
    step,
    Math.ceil(lowest / step) * step,
    (Math.floor(lowest / step) + 1) * step,
    Math.floor(highest / step) * step,
    (Math.ceil(highest / step) - 1) * step,
    0,
  ];
  const middle = (lowest + highest) / 2;
  const isInteger = [type ?? []].flat().includes('integer');
  return (isInteger ? whole : [...whole, minimum, maximum, middle]).find(
    (value) => Number.isFinite(value) && isFit(value),
  );
}

const formats: Readonly<Record<string, string>> = {
  date: '2024-01-31',
  'date-time': '2024-01-31T12:00:00Z',
  datetime: '2024-01-31T12:00:00Z',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'ada@example.com',
  'idn-email': 'ada@example.com',
  hostname: 'example.com',
  'idn-hostname': 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  iri: 'https://example.com/',
  'uri-reference': '/items',
  'iri-reference': '/items',
  'uri-template': '/items/{id}',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  'json-pointer': '/items',
  'relative-json-pointer': '1/items',
  regex: '^a$',
  byte: 'dGV4dA==',
  base64url: 'dGV4dA',
};

/**
 * Makes up a text of a format, of a pattern or of a length.
 *
 * @returns `undefined` for a pattern that no text was found for
 */
export function sampleText({
  format = '',
  pattern,
  minLength = 0,
  maxLength = Number.POSITIVE_INFINITY,
}: Schema): string | undefined {
  const isFit = (text: string): boolean => text.length >= minLength && text.length <= maxLength;
  if (pattern !== undefined) {
    // An empty text is none to most that read it, though many a pattern takes it.
    return samplePattern(pattern, (text) => text !== '' && isFit(text)) ?? samplePattern(pattern, isFit);
  }
  const known = Object.hasOwn(formats, format) ? formats[format] : undefined;
  // As long as it may be: what asks for more than this is not tried in earnest.
  const filler = 'text'.padEnd(Math.min(minLength, 100_000), 'x').slice(0, Math.max(0, maxLength));
  return known !== undefined && isFit(known) ? known : filler;
}
