import { describe, it } from 'vitest';
import { type Case, expectRemark, regex } from './pact-rules-cases.ts';

const invoice = 'a browser that opens an invoice';
const jwt = 'an exchange of a one-time JWT';
const mediaToken = 'a request for a media token';
const portal = 'a browser on its way to a page of the portal';
const signIn = 'a sign-in with a password';
const wrongPassword = 'a sign-in with a wrong password';

describe('the pact-rules gate, of requests', () => {
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
      'The request sends no valid credentials, expected an Authorization header that begins with "Bearer ".',
      ({ request }) => {
        request.headers = {};
      },
    ],
    [
      'a secured operation that gets those of another scheme',
      mediaToken,
      'The request sends no valid credentials, expected an Authorization header that begins with "Bearer ".',
      ({ request }) => {
        request.headers = { Authorization: ['Basic YWRh'] };
        request.matchingRules = {};
      },
    ],
    [
      'a rule of the credentials that allows another scheme',
      mediaToken,
      'The request sends no valid credentials, expected an Authorization header that begins with "Bearer ".',
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
      'which does not match /api/public/billing/invoices/{invoiceId}/pdf.',
      ({ request }) => {
        request.matchingRules.path = regex('^/api/public/billing/.*$');
      },
    ],
    [
      'a rule of the query that allows what the spec refuses',
      portal,
      'The pact\'s matching rule for the query parameter redirectUrl allows "',
      ({ request }) => {
        request.matchingRules.query = { redirectUrl: regex('^/.*$') };
      },
    ],
    [
      'a rule of a form field that allows what the spec refuses',
      signIn,
      'The pact\'s matching rule for the field password allows ""',
      ({ request }) => {
        request.matchingRules.body = { '$.password': regex('^x?$') };
      },
    ],
    [
      'a required parameter that is not there, though the request is to be refused',
      'an exchange of a used one-time JWT',
      'The request lacks the query parameter token, which is required.',
      ({ request }) => {
        delete request.query.token;
      },
    ],
    [
      'a form field that the spec does not name, though the request is to be refused',
      wrongPassword,
      'The body breaks its schema: ',
      ({ request }) => {
        request.body.content = 'grant_type=password&user=ada%40lovelace.dev&password=correct-horse';
      },
    ],
    [
      'a body in another media type',
      signIn,
      'Found a body in text/plain, expected application/x-www-form-urlencoded.',
      ({ request }) => {
        request.headers = { 'Content-Type': ['text/plain'] };
      },
    ],
    [
      'no body where one is required',
      signIn,
      'The request lacks the body, which is required.',
      ({ request }) => {
        Reflect.deleteProperty(request, 'body');
      },
    ],
    [
      'a valid request where the spec answers so to invalid ones only',
      'a sign-in without a grant type',
      'Found a valid request, expected an invalid one: the spec documents this response only for invalid requests.',
      ({ request }) => {
        request.body.content = 'grant_type=password&username=ada%40lovelace.dev&password=correct-horse';
      },
    ],
  ] satisfies Case[])('finds %s', expectRemark('pact.sends-invalid'));

  it.each([
    [
      'a query parameter that the operation does not have',
      jwt,
      'Found the query parameter scope, which the operation does not have.',
      ({ request }) => {
        request.query.scope = ['all'];
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
  ] satisfies Case[])('finds %s', expectRemark('pact.sends-undocumented'));
});
