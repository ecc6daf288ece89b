import type { PrismResult } from './prism.ts';

/** What Prism finds wrong, in a request and in its response. */
export type Validations = Extract<PrismResult, { _tag: 'Right' }>['right']['validations'];
type Validation = Validations['input'][number];

// Clients give up on long headers: Node's own refuses 16 KiB of them in all. Prism stops here, too.
const maxHeaderLength = 8 * 1024 - 100;

const severities = ['Error', 'Warning', 'Information', 'Hint'];

/**
 * Formats violations as Prism's own server does: a JSON array of `{ location, severity, code, message }`, for a
 * header. Where they are too many, the last entry says how many were left out.
 *
 * @returns `undefined` where there are none
 */
export function formatViolations({ input, output }: Validations): string | undefined {
  const violations = [
    ...input.map((validation) => describe('request', validation)),
    ...output.map((validation) => describe('response', validation)),
  ].map(toAsciiJson);
  return violations.length === 0 ? undefined : `[${shorten(violations).join(',')}]`;
}

function describe(side: 'request' | 'response', { path = [], severity, code, message }: Validation): object {
  return { location: [side, ...path], severity: severities[severity], code, message };
}

// A header holds ASCII; a violation can quote any name of a property.
function toAsciiJson(value: object): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function shorten(violations: string[]): string[] {
  let length = 0;
  const fitting = violations.filter((violation) => {
    length += violation.length + 1;
    return length <= maxHeaderLength;
  });
  const leftOut = violations.length - fitting.length;
  if (leftOut === 0) {
    return violations;
  }
  const message = `${leftOut} more violations are left out.`;
  return [...fitting, toAsciiJson({ location: [], severity: 'Information', code: 'left-out', message })];
}
