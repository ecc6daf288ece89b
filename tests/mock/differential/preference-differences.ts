import { type Difference, finalStatuses, tracker } from './difference.ts';
import type { WireRequest } from './exchange.ts';
import { ask, bearer, readHeader, readPreference, signIn } from './request-parts.ts';

/** What differs where a request picks its answer. */
export const preferenceDifferences: readonly Difference[] = [
  {
    name: 'malformed-preference',
    concerns: (request) => isPreferenceMalformed(request),
    samples: [signIn([['prefer', 'code=abc']]), ask('/login?t=a&__dynamic=no')],
    prism: { does: '422 with the trace of its decoder, before all else', seen: { statuses: [422] } },
    mock: {
      does: '422 that says what was expected, once the operation is found',
      seen: { statuses: [204, 400, 404, 405, 422] },
    },
    reason: 'The message has to tell what to write instead.',
  },
  {
    name: 'preference-without-a-value',
    concerns: (request) =>
      [...readPreference(request, 'code'), ...readPreference(request, 'dynamic')].includes(''),
    samples: [signIn([['prefer', 'code']])],
    prism: { does: '422', seen: { statuses: [422] } },
    mock: { does: 'prefers nothing', seen: { statuses: finalStatuses } },
    reason: 'RFC 7240, section 2: a preference with an empty value is one without any.',
  },
  {
    name: 'preferred-code-that-is-not-final',
    concerns: (request) => /^[16-9]\d\d$/.test(readPreference(request, 'code')[0] ?? ''),
    samples: [signIn([['prefer', 'code=101']]), signIn([['prefer', 'code=999']])],
    prism: { does: '404', seen: { statuses: [404] } },
    mock: { does: '422', seen: { statuses: [422] } },
    reason: 'No spec can document such an answer.',
  },
  {
    name: 'preferred-code-that-is-not-documented',
    concerns: (request) => /^[2-5]\d\d$/.test(readPreference(request, 'code')[0] ?? ''),
    samples: [signIn([['prefer', 'code=404']]), signIn([['prefer', 'code=404']], 'grant_type=x')],
    prism: {
      does: '404, or another answer where the request is invalid, too',
      seen: { statuses: [400, 401, 404, 406, 415, 422] },
    },
    mock: { does: '404 that lists what is documented', seen: { statuses: [404], body: /Documented are/ } },
    reason: 'What is asked for and not documented is a mistake of the test: it must not pass unseen.',
  },
  {
    name: 'preferred-example-that-is-not-documented',
    concerns: (request) => readPreference(request, 'example').length > 0,
    samples: [
      signIn([['prefer', 'example=nope']]),
      signIn([['prefer', 'code=400, example=nope']]),
      ask('/login?t=a&__example=nope'),
    ],
    prism: {
      does: '404, 500 together with a code, or another answer',
      seen: { statuses: [302, 400, 401, 404, 406, 415, 422, 500] },
    },
    mock: { does: '404 that lists what is documented', seen: { statuses: [404], body: /Documented are/ } },
    reason: 'As above; the maintainers, too, want a better message.',
    issue: `${tracker}/2381`,
  },
  {
    name: 'preferred-code-without-an-acceptable-type',
    concerns: (request) =>
      readPreference(request, 'code').length > 0 && readHeader(request, 'accept') !== undefined,
    samples: [ask('/api/auth/media/customer', [...bearer, ['prefer', 'code=200'], ['accept', 'text/html']])],
    prism: { does: '500', seen: { statuses: [500], body: /NOT_ACCEPTABLE/ } },
    mock: { does: '406, as without the preference', seen: { statuses: [406], body: /NOT_ACCEPTABLE/ } },
    reason: 'The client is at fault, not the server.',
  },
  {
    name: 'preferences-after-a-semicolon',
    concerns: (request) => request.headers.some(([name, value]) => name === 'prefer' && value.includes(';')),
    samples: [signIn([['prefer', 'code=400; example=invalid_grant']])],
    prism: { does: 'overlooks what follows the semicolon', seen: { statuses: finalStatuses } },
    mock: { does: 'takes it for another preference', seen: { statuses: finalStatuses } },
    reason: 'RFC 7240 has commas between preferences; people write both.',
  },
];

function isPreferenceMalformed(request: WireRequest): boolean {
  const codes = readPreference(request, 'code');
  const dynamics = readPreference(request, 'dynamic');
  return (
    codes.length > 1 ||
    codes.some((code) => !/^(?:\d{3})?$/.test(code)) ||
    dynamics.some((dynamic) => !['', 'true', 'false'].includes(dynamic))
  );
}
