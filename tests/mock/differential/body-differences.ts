import { type Difference, tracker } from './difference.ts';
import { addBook, ask, bookshop, readHeader, signIn } from './request-parts.ts';

/** What differs in how bodies are read and written. */
export const bodyDifferences: readonly Difference[] = [
  {
    name: 'malformed-content-type-with-body',
    concerns: ({ body }) => body !== '',
    samples: [signIn([['content-type', 'garbage']])],
    prism: { does: '500', seen: { statuses: [500] } },
    mock: {
      does: 'as an unknown type',
      seen: { statuses: [400], headers: { 'sl-violations': /content types/ } },
    },
    reason: 'RFC 9110, section 8.3.',
    issue: `${tracker}/2605`,
  },
  {
    name: 'empty-content-type',
    concerns: (request) => readHeader(request, 'content-type') === '',
    samples: [signIn([['content-type', '']])],
    prism: { does: 'takes the body for whatever the spec asks for', seen: { statuses: [400] } },
    mock: {
      does: 'as an unknown type',
      seen: { statuses: [400], headers: { 'sl-violations': /content types/ } },
    },
    reason: 'As above: an empty type is malformed.',
  },
  {
    name: 'unknown-charset',
    concerns: (request) => /charset=/.test(readHeader(request, 'content-type') ?? ''),
    samples: [signIn([['content-type', 'application/x-www-form-urlencoded; charset=garbage']])],
    prism: { does: '400 `invalid_body`', seen: { statuses: [400], body: /invalid_body/ } },
    mock: { does: 'reads UTF-8', seen: { statuses: [200] } },
    reason: 'The registered media types of forms and of JSON have no charset.',
  },
  {
    name: 'body-in-chunks',
    concerns: ({ isChunked }) => isChunked === true,
    samples: [
      { ...ask('/login?t=a'), body: 'x', isChunked: true },
      { ...signIn([['content-type', 'text/plain']]), isChunked: true },
    ],
    prism: {
      does: 'takes a body of any media type',
      seen: { statuses: [200, 302, 400, 401, 404, 406, 422, 500] },
    },
    mock: { does: 'as a body with a length', seen: { statuses: [400, 401, 415, 422] } },
    reason: 'How a body is framed says nothing of its type.',
  },
  {
    name: 'body-over-10-mib',
    concerns: ({ body }) => body.length > 10 * 1024 * 1024,
    samples: [signIn([], 'a'.repeat(10 * 1024 * 1024 + 1))],
    prism: { does: '413 with a body of its own shape', seen: { statuses: [413] } },
    mock: { does: '413 as problem+json', seen: { statuses: [413], headers: { 'content-type': /problem/ } } },
    reason: 'Every refusal has the same shape.',
  },
  {
    name: 'made-up-response-that-breaks-its-schema',
    spec: bookshop,
    concerns: () => false,
    samples: [ask('/shelf-mark')],
    prism: {
      does: 'sends it',
      seen: { statuses: [200], body: /"mark":"string"/, headers: { 'sl-violations': /pattern/ } },
    },
    mock: { does: 'repairs it', seen: { statuses: [200], body: /^\{"mark":"[A-Z]{2}[0-9]{3}"\}$/ } },
    reason: 'Nobody has written that value, and a client that validates refuses it.',
  },
  {
    name: 'too-many-violations',
    spec: bookshop,
    concerns: () => false,
    headers: ['sl-violations'],
    samples: [
      addBook(
        JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`unknown${at}`, 1]))),
      ),
    ],
    prism: {
      does: 'cuts `sl-violations` off, in the midst of its JSON',
      seen: { statuses: [422], headers: { 'sl-violations': /^Too many violations! / } },
    },
    mock: {
      does: 'keeps it JSON, and says how many are left out',
      seen: { statuses: [422], headers: { 'sl-violations': /more violations are left out\."}\]$/ } },
    },
    reason: 'It is there for programs, too.',
    issue: 'https://github.com/stoplightio/prism/pull/2297',
  },
  {
    name: 'number-as-text',
    spec: bookshop,
    concerns: () => false,
    samples: [ask('/books/1')],
    prism: { does: '500', seen: { statuses: [500], body: /NO_COMPLEX_OBJECT_TEXT/ } },
    mock: { does: 'its digits', seen: { statuses: [200], body: /^42$/ } },
    reason: 'A number has a text.',
  },
  {
    name: 'object-as-xml',
    spec: bookshop,
    concerns: () => false,
    samples: [ask('/books', [['accept', 'application/xml']])],
    prism: { does: 'makes XML of it', seen: { statuses: [200], body: /^<xml>/ } },
    mock: {
      does: 'makes XML of it, by the `xml` of its schema',
      seen: { statuses: [200], body: /^<\?xml .*<item>/s },
    },
    reason: 'Prism looks at no `xml` of a schema, and loses the items of an array.',
  },
];
