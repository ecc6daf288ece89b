import { type Difference, finalStatuses, tracker } from './difference.ts';
import { ask, bearer, readHeader, readPath, signIn } from './request-parts.ts';

const corsHeaders = [
  'access-control-allow-origin',
  'access-control-allow-headers',
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'vary',
];
/** What differs in the way HTTP is spoken. */
export const httpDifferences: readonly Difference[] = [
  {
    name: 'cors',
    concerns: () => true,
    headers: corsHeaders,
    samples: [signIn([['origin', 'http://page.example']])],
    prism: {
      does: 'exposes `*`, together with credentials',
      seen: { statuses: [...finalStatuses, 413, 500] },
    },
    mock: {
      does: 'names the headers that it exposes, and allows credentials to a page that asks',
      seen: { statuses: [...finalStatuses, 413, 500] },
    },
    reason: 'Browsers take no wildcard together with credentials (Fetch standard).',
  },
  {
    name: 'allow-of-405',
    concerns: () => true,
    headers: ['allow'],
    samples: [ask('/login', [], 'DELETE')],
    prism: { does: '405 without `Allow`', seen: { statuses: [405] } },
    mock: { does: '405 with `Allow`', seen: { statuses: [405], headers: { allow: /OPTIONS/ } } },
    reason: 'RFC 9110, section 15.5.6, requires it.',
    issue: `${tracker}/1929`,
  },
  {
    name: 'browser-without-a-page',
    concerns: (request) => request.method === 'GET' && /text\/html/.test(readHeader(request, 'accept') ?? ''),
    samples: [ask('/', [['accept', 'text/html']]), ask('/user/invoices', [['accept', 'text/html']])],
    prism: { does: '404 as JSON, or a 500', seen: { statuses: [...finalStatuses, 500] } },
    mock: {
      does: 'leads to the console, or says where a redirect of the API ends',
      seen: { statuses: [302, 404], body: /^(?:$|<!doctype html>)/ },
    },
    reason: 'It is a person who looks at it.',
  },
  {
    name: 'head',
    concerns: ({ method }) => method === 'HEAD',
    samples: [ask('/api/auth/media/customer', bearer, 'HEAD')],
    prism: { does: '405, unless the spec lists HEAD', seen: { statuses: [405] } },
    mock: { does: 'as GET, without the body', seen: { statuses: finalStatuses, body: /^$/ } },
    reason: 'RFC 9110, section 9.1: every server supports GET and HEAD.',
  },
  {
    name: 'options',
    concerns: ({ method }) => method === 'OPTIONS',
    samples: [ask('/login', [], 'OPTIONS')],
    prism: { does: '405, unless the spec lists OPTIONS', seen: { statuses: [405] } },
    mock: { does: '204 with `Allow`', seen: { statuses: [204], headers: { allow: /OPTIONS/ } } },
    reason: 'RFC 9110, section 9.3.7.',
  },
  {
    name: 'two-slashes-at-the-start',
    concerns: (request) => readPath(request).startsWith('//'),
    samples: [ask('//'), ask('//user/login?server=true&t=a&redirectUrl=/')],
    prism: {
      does: 'takes the first segment for a host, and the rest for the path; 500 for `//`',
      seen: { statuses: [...finalStatuses, 500] },
    },
    mock: { does: '404', seen: { statuses: [404], body: /The route \/\// } },
    reason: 'RFC 9112, section 3.2.1: a target that starts with a slash is a path.',
    issue: 'https://github.com/stoplightio/prism/pull/2541',
  },
  {
    name: 'target-that-is-no-path',
    concerns: (request) => !/^(?:\/|https?:\/\/[^[])/.test(request.target),
    samples: [ask('*'), ask('http://[')],
    prism: { does: '404, or 500', seen: { statuses: [404, 422, 500] } },
    mock: { does: '400', seen: { statuses: [400], body: /neither a path nor/ } },
    reason: 'RFC 9112, section 3.2.',
  },
  {
    name: 'malformed-percent-in-path',
    concerns: (request) => /%(?![\da-f]{2})|%ff/i.test(readPath(request)),
    samples: [ask('/%ff'), ask('/%')],
    prism: { does: '404', seen: { statuses: [404, 422] } },
    mock: { does: '400', seen: { statuses: [400], body: /percent sequence/ } },
    reason: 'RFC 3986, section 2.1: it is no URL.',
  },
];
