import type { Oas3_1Schema } from '@redocly/openapi-core';

/** A value that a schema refuses, as it goes over the wire, and why it does. */
export interface InvalidValue {
  reason: string;
  value: string;
}

const strings = ['x', '!', '//', ''];

/**
 * Lists values that a schema of a single value refuses: one for each keyword that it has.
 */
export function listInvalidValues(schema: Oas3_1Schema): InvalidValue[] {
  const { type, const: constant, enum: members, pattern, minLength = 0, maxLength, format } = schema;
  const values: (InvalidValue | false | undefined)[] = [
    typeof type === 'string' && type !== 'string' && { reason: `is no ${type}`, value: 'x' },
    constant !== undefined && { reason: 'is another constant', value: otherThan(constant) },
    members !== undefined && { reason: 'is no member', value: members.map(String).join('-') },
    pattern !== undefined && breakPattern(new RegExp(pattern)),
    minLength > 0 && { reason: 'is too short', value: 'x'.repeat(minLength - 1) },
    maxLength !== undefined && { reason: 'is too long', value: 'x'.repeat(maxLength + 1) },
    format === 'email' && { reason: 'is no e-mail address', value: 'x' },
  ];
  return values.filter((value) => value !== false && value !== undefined);
}

function otherThan(constant: unknown): string {
  return typeof constant === 'boolean' ? String(!constant) : `${constant}-x`;
}

function breakPattern(pattern: RegExp): InvalidValue | undefined {
  const value = strings.find((candidate) => !pattern.test(candidate));
  return value === undefined ? undefined : { reason: 'does not match the pattern', value };
}
