import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Answer } from './answer.ts';
import { isJsonType } from './parse-body.ts';
import type { PrismResult } from './prism.ts';
import { RequestProblem } from './problem.ts';
import { formatViolations } from './violations.ts';

// What frames the message on the wire, which Node writes by the body that is sent (RFC 9110, sections 7.6.1 and 8.6;
// nothing is encoded), and the header that is the mock's own.
const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'sl-violations',
]);

type Rendered = Extract<PrismResult, { _tag: 'Right' }>['right'];

/**
 * Turns Prism's response into what goes over the wire. Violations of the spec, in the request or in the response,
 * go into the header `sl-violations`.
 *
 * @throws {RequestProblem} 500 for a status that ends no request, and for a body that its media type has no text for
 * @throws {TypeError} for a header that HTTP cannot carry
 */
export function renderResponse({ output, validations }: Rendered): Answer {
  if (!(output.statusCode >= 200 && output.statusCode <= 599)) {
    throw new RequestProblem(500, `The response has the status ${output.statusCode}, expected a final one.`);
  }
  const violations = formatViolations(validations);
  const headers: Answer['headers'] = {
    ...renderHeaders(output.headers ?? {}),
    ...(violations === undefined ? {} : { 'sl-violations': violations }),
  };
  return { status: output.statusCode, headers, body: renderBody(output.body, headers['content-type'] ?? '') };
}

function renderHeaders(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      // Prism gives null to a header for which it finds no value.
      .filter(([name, value]) => value !== null && value !== undefined && !ownHeaders.has(name.toLowerCase()))
      .map(([name, value]) => {
        validateHeaderName(name);
        validateHeaderValue(name, String(value));
        return [name.toLowerCase(), String(value)];
      }),
  );
}

function renderBody(body: unknown, mediaType: string): string {
  if (body === undefined) {
    return '';
  }
  if (isJsonType(mediaType)) {
    return JSON.stringify(body);
  }
  if (typeof body === 'object') {
    throw new RequestProblem(
      500,
      `The response is an object in ${mediaType || 'no media type'}, which the mock can write as JSON only. ` +
        'Give it an example that is a string.',
    );
  }
  return String(body);
}
