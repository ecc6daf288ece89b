import { describe, expect, it } from 'vitest';
import { pactRules } from '../../scripts/check/gates/pact-rules.ts';
import { type Change, contextWith } from './changed-pact.ts';
import { contextWithSpec } from './changed-spec.ts';

const invoice = 'a browser that opens an invoice';
const jwt = 'an exchange of a one-time JWT';
const mediaToken = 'a request for a media token';
const oneTimeToken = 'a request for a one-time token';
const portal = 'a browser on its way to a page of the portal';
const signIn = 'a sign-in with a password';
const wrongPassword = 'a sign-in with a wrong password';

describe('the pact-rules gate', () => {
  it('finds nothing in the committed pact', async () => {
    expect(await pactRules.run(await contextWith(signIn, () => {}))).toEqual([]);
  });

  it('gives a finding the place in the pact that a person opens', async () => {
    const context = await contextWith(signIn, ({ request }) => {
      request.headers['X-Trace'] = ['1'];
    });
    expect(await pactRules.run(context)).toEqual([
      {
        code: 'pact.sends-invalid',
        severity: 'error',
        message: `"${signIn}": Found the header x-trace, which the operation does not have.`,
        at: expect.objectContaining({
          line: expect.any(Number),
          pointer: expect.stringMatching(/^#\/interactions\/\d+\//),
        }),
      },
    ]);
  });

  it.each([
    [
      'a public operation that gets a bearer token',
      jwt,
      'Found an Authorization header, expected none: the operation is public.',
      ({ request }) => {
        request.headers = { Authorization: ['Bearer access-token-1'] };
      },
    ],
    [
      'a secured operation that gets none',
      mediaToken,
      'Found no such credentials, expected an Authorization header that begins with "Bearer ".',
      ({ request }) => {
        request.headers = {};
      },
    ],
    [
      'a secured operation that gets those of another scheme',
      mediaToken,
      'Found no such credentials, expected an Authorization header that begins with "Bearer ".',
      ({ request }) => {
        request.headers = { Authorization: ['Basic YWRh'] };
        request.matchingRules = {};
      },
    ],
    [
      'a rule of the credentials that allows another scheme',
      mediaToken,
      'Found no such credentials, expected an Authorization header that begins with "Bearer ".',
      ({ request }) => {
        request.matchingRules.header = { Authorization: regex('^[A-Z][a-z]+ .+$') };
      },
    ],
  ] satisfies Case[])('finds %s', expectRemark('pact.wrong-credentials'));

  it.each([
    [
      'a rule of the path that allows what is no path parameter',
      invoice,
      'The path parameter invoiceId "',
      ({ request }) => {
        request.matchingRules.path = regex('^/api/public/billing/invoices/[a-z]+/pdf$');
      },
    ],
    [
      'a rule of the path that allows another path',
      invoice,
      'which is not /api/public/billing/invoices/{invoiceId}/pdf.',
      ({ request }) => {
        request.matchingRules.path = regex('^/api/public/billing/.*$');
      },
    ],
    [
      'a rule of the query that allows what the spec refuses',
      portal,
      'The rule of the query parameter redirectUrl allows "',
      ({ request }) => {
        request.matchingRules.query = { redirectUrl: regex('^/.*$') };
      },
    ],
    [
      'a rule of a form field that allows what the spec refuses',
      signIn,
      'The rule of the field password allows ""',
      ({ request }) => {
        request.matchingRules.body = { '$.password': regex('^x?$') };
      },
    ],
    [
      'a query parameter that the operation does not have',
      jwt,
      'Found the query parameter scope, which the operation does not have.',
      ({ request }) => {
        request.query.scope = ['all'];
      },
    ],
    [
      'a required parameter that is not there, though the request is to be refused',
      'an exchange of a used one-time JWT',
      'Found no query parameter token, which is required.',
      ({ request }) => {
        delete request.query.token;
      },
    ],
    [
      'a form field that the spec does not name, though the request is to be refused',
      wrongPassword,
      'Found a body that breaks its schema: ',
      ({ request }) => {
        request.body.content = 'grant_type=password&user=ada%40lovelace.dev&password=correct-horse';
      },
    ],
    [
      'a body in another media type',
      signIn,
      'Found a body in text/plain, expected application/x-www-form-urlencoded.',
      ({ request }) => {
        request.body.contentType = 'text/plain';
      },
    ],
    [
      'a body where there is none',
      mediaToken,
      'Found a body, which the operation does not have.',
      ({ request }) => {
        request.body = { content: {}, contentType: 'application/json' };
      },
    ],
    [
      'no body where one is required',
      signIn,
      'Found no body, which is required.',
      ({ request }) => {
        Reflect.deleteProperty(request, 'body');
      },
    ],
    [
      'a valid request where the spec answers so to invalid ones only',
      'a sign-in without a grant type',
      'Found a valid request, expected an invalid one: the spec gives this answer to no other.',
      ({ request }) => {
        request.body.content = 'grant_type=password&username=ada%40lovelace.dev&password=correct-horse';
      },
    ],
  ] satisfies Case[])('finds %s', expectRemark('pact.sends-invalid'));

  it.each([
    [
      'a property that the consumer relies on and the spec does not name',
      mediaToken,
      'Relies on ttl, which the spec does not require.',
      ({ response }) => {
        response.body.content.ttl = 60;
      },
    ],
    [
      'a value that the spec leaves open',
      mediaToken,
      'Relies on jwt being "media-token-1", which the spec leaves open. Use a rule, such as a type or a regular expression.',
      ({ response }) => {
        response.matchingRules = {};
      },
    ],
    [
      'a rule that refuses what the spec allows',
      mediaToken,
      'The rule of jwt refuses "x", which the spec allows.',
      ({ response }) => {
        response.matchingRules.body = { '$.jwt': regex('^media-') };
      },
    ],
    [
      'a value that no alternative of the spec has',
      oneTimeToken,
      'Expects the value to be {"Value":"one-time-token-1","WasSuccessful":"yes"}, which the spec doesn\'t allow.',
      ({ response }) => {
        response.body.content.WasSuccessful = 'yes';
      },
    ],
    [
      'a header that the spec does not document',
      mediaToken,
      'Relies on the header x-request-id, which the spec does not document.',
      ({ response }) => {
        response.headers['X-Request-Id'] = ['1'];
      },
    ],
    [
      'a header whose rule refuses what the spec allows',
      portal,
      'The rule of header location refuses "https://example.org/", which the spec allows.',
      ({ response }) => {
        response.matchingRules.header = { Location: regex('^/') };
      },
    ],
    [
      'a body where the spec documents none',
      'a browser on its way to the portal with a used token',
      'Relies on a body in application/json, expected no body.',
      ({ response }) => {
        response.body = { content: { a: 1 }, contentType: 'application/json' };
      },
    ],
  ] satisfies Case[])('finds %s', expectRemark('pact.expects-too-much'));

  it.each([
    [
      'a property is no longer required',
      '      required: [jwt]\n',
      '      required: []\n',
      'Relies on jwt, which',
    ],
    [
      'a constant becomes open',
      '          const: bearer\n',
      '',
      'Relies on token_type being "bearer", which',
    ],
    [
      'a header is no longer required',
      '          required: true\n          description: The page',
      '          required: false\n          description: The page',
      'Relies on the header location, which the spec does not require.',
    ],
    [
      'a type becomes wider',
      '          description: The life of the bearer token, in seconds.\n          type: integer',
      '          description: The life of the bearer token, in seconds.\n          type: number',
      'The rule of expires_in refuses 0.5, which',
    ],
    [
      'a known error code is dropped',
      '        - two_factor_auth_check\n        - must',
      '        - must',
      'Relies on error being "two_factor_auth_check", which',
    ],
  ])('finds that %s in the spec', async (_title, found, replacement, message) => {
    const findings = await pactRules.run(await contextWithSpec(found, replacement));
    expect(findings.map((finding) => finding.message).join('\n')).toContain(message);
  });
});

type Case = [title: string, description: string, message: string, change: Change];

function regex(pattern: string) {
  return { combine: 'AND', matchers: [{ match: 'regex', regex: pattern }] };
}

function expectRemark(code: string) {
  return async (_title: string, description: string, message: string, change: Change): Promise<void> => {
    const findings = await pactRules.run(await contextWith(description, change));
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(findings.map((finding) => finding.message).join('\n')).toContain(message);
  };
}
