import { Matchers, PactV4 } from '@pact-foundation/pact';
import { pactFolder } from './pact-folder.ts';

// Pact reports each use to its makers unless told not to.
process.env.PACT_DO_NOT_TRACK = '1';

/** The consumer whose expectations the pact holds: a portal that signs customers in. */
export const portal: PactV4 = new PactV4({
  consumer: 'nexudus-portal',
  provider: 'nexudus-api',
  dir: pactFolder,
  logLevel: 'error',
});

type Interaction = ReturnType<PactV4['addInteraction']>;

/** What a test describes the expected request with; Pact names the type but does not export it. */
export type RequestBuilder = Parameters<NonNullable<Parameters<Interaction['withRequest']>[2]>>[0];

/** A string with something in it: all that is known of a token. */
export const nonEmpty = (example: string): Matchers.V3RegexMatcher => Matchers.regex('^.+$', example);

/** A path that stays on its origin, as the spec's `RedirectTarget` has it. */
export const redirectTarget = (example: string): Matchers.V3RegexMatcher =>
  Matchers.regex(String.raw`^/([^/\\\x00-\x20][^\\\x00-\x1f]*)?$`, example);

/** A reference to a page, as a `Location` has it: printable ASCII, without blanks. */
export const uriReference = (example: string): Matchers.V3RegexMatcher => Matchers.regex('^[!-~]+$', example);

/** An e-mail address, of the plain kind that every engine takes for one. */
export const emailAddress = (example: string): Matchers.V3RegexMatcher =>
  Matchers.regex('^[a-z0-9]+@[a-z0-9]+[.][a-z]{2,8}$', example);

/** The header of a call that needs a bearer token. */
export const withBearerToken = (request: RequestBuilder): void => {
  request.headers({ Authorization: Matchers.regex('^Bearer [!-~]+$', 'Bearer access-token-1') });
};

/**
 * Expects a form. Each field brings a rule of its own, `equal` at the least: Pact compares a field without one
 * as raw bytes and refuses every form.
 */
export const withForm =
  (
    fields: Record<string, Matchers.Matcher<string>>,
    headers: Record<string, Matchers.Matcher<string>> = {},
  ) =>
  (request: RequestBuilder): void => {
    const contentType = 'application/x-www-form-urlencoded';
    const examples = Object.entries(fields).map(([name, field]) => [name, exampleOf(field)]);
    request
      .headers({ 'Content-Type': contentType, ...headers })
      .body(contentType, Buffer.from(new URLSearchParams(examples).toString()))
      .matchingRules({
        body: Object.entries(fields).map(([name, field]) => ({ path: `$.${name}`, rules: [ruleOf(field)] })),
      });
  };

function exampleOf(matcher: Matchers.Matcher<string>): string {
  return String(matcher.value);
}

// The example stands in the body; a rule that repeats it would put it into the pact twice.
function ruleOf({ value: _, ...rule }: Matchers.Matcher<string>): Matchers.Matcher<string> {
  return rule;
}
