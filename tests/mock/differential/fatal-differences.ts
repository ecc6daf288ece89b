import { MIMEType } from 'node:util';
import { type Difference, tracker } from './difference.ts';
import { addBook, ask, bookshop, readHeader, readPath, signIn, signInBody } from './request-parts.ts';

const mediaRange = /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+(?: *; *[\w!#$&^.+*-]+=(?:"[^"]*"|[\w!#$&^.+*-]+))*$/;

/** Requests that end Prism's process, or that it never answers. */
export const fatalDifferences: readonly Difference[] = [
  {
    name: 'malformed-percent-in-form-key',
    concerns: ({ body }) => !decodes(body),
    samples: [signIn([], `%zz=1&${signInBody}`)],
    prism: { does: 'dies', seen: 'dies' },
    mock: { does: 'takes the percent sign for itself', seen: { statuses: [200] } },
    reason: 'The URL standard knows no malformed form: a stray percent sign stands for itself.',
  },
  {
    name: 'malformed-percent-in-path-parameter',
    concerns: (request) => !decodes(readPath(request)) && readPath(request).includes('/invoices/'),
    samples: [ask('/api/public/billing/invoices/%zz/pdf?t=a')],
    prism: { does: 'dies', seen: 'dies' },
    mock: { does: '400', seen: { statuses: [400], body: /percent sequence/ } },
    reason: 'RFC 3986, section 2.1: it is no URL.',
  },
  {
    name: 'malformed-accept',
    concerns: (request) => !isAccept(readHeader(request, 'accept')),
    samples: [ask('/login?t=a', [['accept', '*']])],
    prism: { does: 'dies', seen: 'dies' },
    mock: { does: 'disregards the malformed ranges', seen: { statuses: [302] } },
    reason: 'RFC 9110, section 12.5.1: a server may disregard the header.',
  },
  {
    name: 'malformed-content-type-without-body',
    concerns: (request) => !isMediaType(readHeader(request, 'content-type')),
    samples: [ask('/login?t=a', [['content-type', 'garbage']])],
    prism: { does: 'dies', seen: 'dies' },
    mock: { does: 'disregards it', seen: { statuses: [302] } },
    reason: 'Without a body, the header says nothing.',
    issue: `${tracker}/2605`,
  },
  {
    name: 'json-that-does-not-parse',
    concerns: (request) => /json/i.test(readHeader(request, 'content-type') ?? '') && !isJson(request.body),
    samples: [signIn([['content-type', 'application/json']], '{')],
    prism: { does: 'never answers', seen: 'hangs' },
    mock: { does: '400, as problem+json', seen: { statuses: [400], body: /does not parse as JSON/ } },
    reason: 'A client that waits forever cannot tell what is wrong.',
    issue: `${tracker}/2664`,
  },
  {
    name: 'empty-json-in-chunks',
    concerns: () => false,
    samples: [{ ...signIn([['content-type', 'application/json']], ''), isChunked: true }],
    prism: { does: 'never answers', seen: 'hangs' },
    mock: {
      does: 'as no body',
      seen: { statuses: [400], headers: { 'sl-violations': /Body parameter is required/ } },
    },
    reason: 'As above.',
  },
  {
    name: 'violation-outside-latin-1',
    spec: bookshop,
    concerns: () => false,
    samples: [addBook('{"title":"Emma","книга":1}')],
    prism: { does: 'dies', seen: 'dies' },
    mock: {
      does: 'escapes it in `sl-violations`',
      seen: { statuses: [422], headers: { 'sl-violations': /\\u043a/ } },
    },
    reason: 'A header holds ASCII.',
    issue: `${tracker}/1934`,
  },
  {
    name: 'status-below-200',
    spec: bookshop,
    concerns: () => false,
    samples: [ask('/early')],
    prism: { does: 'never answers', seen: 'hangs' },
    mock: { does: '500 that says so', seen: { statuses: [500], body: /status 103/ } },
    reason: 'RFC 9110, section 15.2: such a status ends no request.',
  },
];

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isAccept(accept: string | undefined): boolean {
  return (
    accept === undefined || accept === '' || accept.split(',').every((range) => mediaRange.test(range.trim()))
  );
}

function isMediaType(contentType: string | undefined): boolean {
  try {
    return !contentType || new MIMEType(contentType).essence !== '';
  } catch {
    return false;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
