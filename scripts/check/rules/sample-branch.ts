import type { Branch } from '../../spec/list-branches.ts';
import { sampleRegex } from './matchers.ts';

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
 * Draws values that a schema of a single value allows, those at its edges among them. Always the same.
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
 * Tells whether a schema lists the values that it takes, rather than a kind of value.
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
