import { describe, it } from 'vitest';
import { type Case, expectRemark, regex } from './pact-rules-cases.ts';

const mediaToken = 'a request for a media token';
const oneTimeToken = 'a request for a one-time token';
const portal = 'a browser on its way to a page of the portal';

describe('the pact-rules gate, of responses', () => {
  it.each([
    [
      'a property that the consumer relies on and the spec does not name',
      mediaToken,
      'Relies on ttl, which the spec does not name.',
      ({ response }) => {
        response.body.content.ttl = 60;
      },
    ],
    [
      'a value that no alternative of the spec has',
      oneTimeToken,
      'Expects the value to be {"Value":"one-time-token-1","WasSuccessful":"yes"}, which the spec doesn\'t allow: ',
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
      'a value that the spec leaves open',
      mediaToken,
      'Relies on jwt being "media-token-1", but the spec allows other values. Use a matching rule, such as a type or a regular expression.',
      ({ response }) => {
        response.matchingRules = { body: { '$.jwt': { combine: 'AND', matchers: [{ match: 'equality' }] } } };
      },
    ],
    [
      'a rule that refuses what the spec allows',
      mediaToken,
      'The pact\'s matching rule for jwt rejects "x", which the spec allows. Widen the rule, or narrow the schema.',
      ({ response }) => {
        response.matchingRules.body = { '$.jwt': regex('^media-') };
      },
    ],
    [
      'a header whose rule refuses what the spec allows',
      portal,
      'The pact\'s matching rule for header location rejects "https://example.org/", which the spec allows. Widen the rule, or narrow the schema.',
      ({ response }) => {
        response.matchingRules.header = { Location: regex('^/.*$') };
      },
    ],
  ] satisfies Case[])('finds %s', expectRemark('pact.relies-on-optional'));
});
