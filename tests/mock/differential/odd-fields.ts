import fastCheck, { type Arbitrary } from 'fast-check';
import type { Fields } from './fitting-requests.ts';

/** Mostly the usual value, and now and then an odd one. */
export function mostly<Value>(usual: Value, odd: Arbitrary<Value>): Arbitrary<Value> {
  return fastCheck.oneof({ weight: 4, arbitrary: fastCheck.constant(usual) }, { weight: 1, arbitrary: odd });
}

const text = fastCheck.oneof(
  fastCheck.constantFrom(
    '',
    'x',
    '0',
    'true',
    'null',
    '/',
    '//',
    '/\\x',
    'ada@lovelace.dev',
    '123456',
    'password',
    'é',
    '[]',
    '{}',
  ),
  fastCheck.string({ maxLength: 12 }),
  fastCheck.string({ maxLength: 6, unit: 'grapheme' }),
);
const fieldName = fastCheck.oneof(
  fastCheck.constantFrom(
    'grant_type',
    'username',
    'password',
    'totp',
    'refresh_token',
    't',
    'token',
    'server',
    'redirectUrl',
    'a[b]',
    '__proto__',
  ),
  text,
);

/** Some pairs are left out, some have another value, some come twice, and some are new. */
export function changeFields(fields: Fields): Arbitrary<Fields> {
  const kept = fields.map(([name, value]) =>
    fastCheck
      .tuple(mostly(value, text), mostly(1, fastCheck.constantFrom(0, 2)))
      .map(([changed, times]) => Array.from({ length: times }, (): [string, string] => [name, changed])),
  );
  const added = mostly<Fields>([], fastCheck.array(fastCheck.tuple(fieldName, text), { maxLength: 2 }));
  return fastCheck.tuple(...kept, added).map((parts) => parts.flat());
}

const refreshGrant: Fields = [
  ['grant_type', 'refresh_token'],
  ['refresh_token', 'refresh-token-1'],
];

/** Encodes names and values as a query or a form has them. */
export function encodeFields(fields: Fields): string {
  return fields.map((pair) => pair.map((one) => encodeURIComponent(one.toWellFormed())).join('=')).join('&');
}

/** What no encoder would write. */
export const rawText: Arbitrary<string> = fastCheck.oneof(
  fastCheck.constantFrom(
    '',
    '&',
    '=',
    '%',
    'a=%zz',
    '%zz=a',
    'a=%ff',
    '%ff=1',
    'a',
    'a=b=c',
    '+=+',
    '?a=b',
    '{',
    '{}',
    '[]',
    'null',
    '"x"',
  ),
  fastCheck.string({ maxLength: 20 }),
  fastCheck.json({ maxDepth: 2 }),
);

/** A body for an operation that takes such a form, or that takes none. */
export const bodyOf = (fields: Fields): Arbitrary<string> =>
  fields.length === 0
    ? mostly('', rawText)
    : fastCheck.oneof(
        { weight: 4, arbitrary: changeFields(fields).map(encodeFields) },
        { weight: 3, arbitrary: changeFields(refreshGrant).map(encodeFields) },
        {
          weight: 2,
          arbitrary: changeFields(fields).map((pairs) => JSON.stringify(Object.fromEntries(pairs))),
        },
        { weight: 1, arbitrary: rawText },
      );
