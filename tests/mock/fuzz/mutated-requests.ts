import type { Oas3_1Definition } from '@redocly/openapi-core';
import fastCheck, { type Arbitrary } from 'fast-check';
import { buildRequest } from '../../../scripts/mock/engine/example-request.ts';
import { listOperations } from '../../../scripts/openapi/operations.ts';

const tokens = [
  ...['\0', '\x80', '\xff', '\r', '\n', '\r\n', '\r\n\r\n', '\t', ' ', '%', '%00', '%zz', '%ff', '%2F'],
  ...[
    '{',
    '}',
    '[',
    ']',
    '[]',
    '{}',
    '"',
    '\\',
    "'",
    '&',
    '=',
    '?',
    '#',
    ';',
    ',',
    ':',
    '*',
    '..',
    '//',
    '../',
  ],
  ...['__proto__', 'constructor', 'toString', 'null', 'true', '-1', '1e400', '9'.repeat(400), 'NaN'],
  ...['\\ud800', '\\u0000', '{"__proto__":{"a":1}}', '{"$ref":"#/"}', '['.repeat(3000), '{"a":'.repeat(3000)],
  ...[
    'a'.repeat(5000),
    'a=1&'.repeat(2000),
    '%41'.repeat(2000),
    '?__code=404',
    '&__dynamic=true',
    '\xef\xbb\xbf',
  ],
];

const headers = [
  'Transfer-Encoding: chunked',
  'Content-Length: 5',
  'Content-Length: 0',
  'Content-Length: 999999',
  'Content-Type: application/json',
  'Content-Type: application/x-www-form-urlencoded',
  'Content-Type: multipart/form-data; boundary=x',
  'Content-Type: application/xml',
  'Content-Type: text/plain; charset="',
  'Content-Encoding: gzip',
  'Expect: 100-continue',
  'Connection: keep-alive',
  'Connection: Upgrade\r\nUpgrade: websocket',
  'Prefer: dynamic=true',
  'Prefer: dynamic=true, seed=1',
  'Prefer: code=200, example=__proto__',
  'Accept: text/plain',
  'Accept: application/xml;q=x, */*',
  'Authorization: Bearer a',
  'Authorization: Basic \xff',
  'Cookie: __proto__=1; =; a',
  'Origin: http://page.example',
  'Host: other.example',
  `X-Long: ${'x'.repeat(20_000)}`,
  'no colon',
  ' folded',
];

/** One change of a text. Places are fractions of its length. */
type Mutation = (text: string, other: string) => string;

const place = fastCheck.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const at = (text: string, fraction: number): number => Math.floor(text.length * fraction);
const length = fastCheck.integer({ min: 1, max: 40 });

const mutation: Arbitrary<Mutation> = fastCheck.oneof(
  fastCheck.tuple(place, fastCheck.integer({ min: 0, max: 255 })).map(([where, byte]): Mutation => {
    const letter = String.fromCharCode(byte);
    return (text) => text.slice(0, at(text, where)) + letter + text.slice(at(text, where) + 1);
  }),
  fastCheck.tuple(place, fastCheck.constantFrom(...tokens)).map(
    ([where, token]): Mutation =>
      (text) =>
        text.slice(0, at(text, where)) + token + text.slice(at(text, where)),
  ),
  fastCheck.tuple(place, length).map(
    ([where, count]): Mutation =>
      (text) =>
        text.slice(0, at(text, where)) + text.slice(at(text, where) + count),
  ),
  fastCheck.tuple(place, length).map(
    ([where, count]): Mutation =>
      (text) =>
        text.slice(0, at(text, where) + count) + text.slice(at(text, where)),
  ),
  fastCheck.tuple(place, place).map(
    ([where, there]): Mutation =>
      (text, other) =>
        text.slice(0, at(text, where)) + other.slice(at(other, there)),
  ),
  fastCheck.constantFrom(...headers).map(
    (header): Mutation =>
      (text) =>
        text.replace('\r\n', () => `\r\n${header}\r\n`),
  ),
  place.map(
    (where): Mutation =>
      (text) =>
        text.slice(0, at(text, where)),
  ),
);

interface Parts {
  method: string;
  target: string;
  headers: string;
  body: string;
}

type Part = Exclude<keyof Parts, 'method'>;

// What no parser of HTTP gets past is for the changes of the whole.
const unsent: Readonly<Record<Part, RegExp>> = {
  target: /[^!-~]/g,
  headers: /[\0\n\r](?!\n?\w[\w-]*: )/g,
  body: /(?!)/g,
};

function changePart(parts: Parts, part: Part, mutate: Mutation, other: Parts): Parts {
  const text = mutate(parts[part], other[part]).replaceAll(unsent[part], '');
  return { ...parts, [part]: part === 'target' ? `/${text.replace(/^\//, '')}` : text };
}

function write({ method, target, headers: lines, body }: Parts): string {
  const length = body === '' ? '' : `content-length: ${body.length}\r\n`;
  return `${method} ${target} HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n${length}${lines}\r\n${body}`;
}

/**
 * Requests to a document as bytes, one character a byte: valid ones, with some changes in their parts, and now and then
 * in the whole.
 */
export function mutatedRequests(document: Oas3_1Definition): Arbitrary<string> {
  const valid = listOperations(document).map((operation): Parts => {
    const { method, target, headers: own, body } = buildRequest(document, operation);
    const lines = Object.entries(own).map(([name, value]) => `${name}: ${value}\r\n`);
    return { method, target, headers: lines.join(''), body: body.toString('latin1') };
  });
  const request = fastCheck.constantFrom(...valid);
  const part = fastCheck.constantFrom<Part>('target', 'target', 'headers', 'body', 'body');
  const inParts = fastCheck.array(fastCheck.tuple(part, mutation), { maxLength: 3 });
  const inWhole = fastCheck.oneof(
    { weight: 3, arbitrary: fastCheck.constant([]) },
    { weight: 1, arbitrary: fastCheck.array(mutation, { maxLength: 3 }) },
  );
  return fastCheck.tuple(request, request, inParts, inWhole).map(([first, other, parts, whole]) => {
    const changed = parts.reduce((all, [name, mutate]) => changePart(all, name, mutate, other), first);
    return whole.reduce((text, mutate) => mutate(text, write(other)), write(changed));
  });
}
