import { isJsonType, isXmlType, readEssence } from '../../http/media-types.ts';
import {
  type Answer,
  http,
  RequestProblem,
  toProblemAnswer,
  type Violation,
  violationsHeader,
} from '../../http/message.ts';
import { renderXml } from '../../openapi/xml.ts';
import type { Prism, PrismResult } from './library.ts';
import { formatHeader } from './operations.ts';
import { repairBody } from './repair.ts';
import type { AskedRequest } from './request.ts';

/**
 * Answers a request as the spec has it. Never rejects: what goes wrong inside Prism becomes problem+json.
 *
 * Where the spec doesn't say otherwise, HEAD is answered as GET, and OPTIONS with the path's methods.
 */
export async function askPrism(prism: Prism, request: AskedRequest): Promise<Answer> {
  try {
    const result = await prism.ask(request);
    if (result._tag === 'Right') {
      return renderResponse(prism, request, result.right);
    }
    return isMethodMissing(result.left)
      ? await answerMissingMethod(prism, request, result.left)
      : toProblemAnswer(result.left);
  } catch (error) {
    return toProblemAnswer(error);
  }
}

function isMethodMissing(error: Error): boolean {
  return 'status' in error && error.status === 405;
}

async function answerMissingMethod(prism: Prism, request: AskedRequest, error: Error): Promise<Answer> {
  const methods = await prism.findMethods(request);
  if (request.method === 'head' && methods.includes('get')) {
    return askPrism(prism, { ...request, method: 'get' });
  }
  const allowed = new Set([...methods, ...(methods.includes('get') ? ['head'] : []), 'options']);
  // RFC 9110, section 15.5.6: a 405 lists what is allowed.
  const headers = { allow: [...allowed].join(', ').toUpperCase() };
  if (request.method === 'options') {
    return { status: 204, headers, body: '' };
  }
  const problem = toProblemAnswer(error);
  return { ...problem, headers: { ...problem.headers, ...headers } };
}

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
  violationsHeader,
]);

type Rendered = Extract<PrismResult, { _tag: 'Right' }>['right'];

/**
 * Turns Prism's response into an answer, with what breaks the spec in it or in its request.
 *
 * @throws {RequestProblem} 500 for a status that ends no request
 * @throws {TypeError} for a header that HTTP cannot carry
 */
function renderResponse(prism: Prism, request: AskedRequest, { output, validations }: Rendered): Answer {
  if (!(output.statusCode >= 200 && output.statusCode <= 599)) {
    throw new RequestProblem(500, `The response has the status ${output.statusCode}, expected a final one.`);
  }
  const headers = renderHeaders(output.headers ?? {});
  const mediaType = headers['content-type'] ?? '';
  const findMedia = (): Media | undefined => prism.findMedia(request, output.statusCode, mediaType);
  const repaired = isJsonType(mediaType)
    ? repairMadeUp(prism, output.body, validations, findMedia)
    : undefined;
  const { body } = repaired ?? output;
  return {
    status: output.statusCode,
    headers,
    body: renderBody(body, mediaType, (value) => renderXml(prism.document, findMedia()?.schema ?? {}, value)),
    value: isJsonType(mediaType) ? body : undefined,
    violations: listViolations(repaired === undefined ? validations : { ...validations, output: [] }),
  };
}

type Media = NonNullable<ReturnType<Prism['findMedia']>>;

// An example that breaks its schema is served as it stands, and said to. What Prism made up is nobody's.
function repairMadeUp(
  { document }: Prism,
  body: unknown,
  { output }: Validations,
  findMedia: () => Media | undefined,
): { body: unknown } | undefined {
  const errors = output.filter(({ severity }) => severity === 0);
  const media = errors.length === 0 || errors.length < output.length ? undefined : findMedia();
  const paths = errors.map(({ path = [] }) => path);
  if (media?.schema === undefined || paths.some(([part]) => part !== 'body')) {
    return undefined;
  }
  const isShown = media.example !== undefined || Object.keys(media.examples ?? {}).length > 0;
  return isShown
    ? undefined
    : repairBody(
        document,
        media.schema,
        body,
        paths.map(([, ...path]) => path.map(String)),
      );
}

function renderHeaders(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      // Prism gives null to a header for which it finds no value.
      .filter(([name, value]) => value !== null && value !== undefined && !ownHeaders.has(name.toLowerCase()))
      .map(([name, value]) => {
        http.validateHeaderName(name);
        const text = formatHeader(value);
        http.validateHeaderValue(name, text);
        return [name.toLowerCase(), text];
      }),
  );
}

function renderBody(body: unknown, mediaType: string, toXml: (body: object) => string): string {
  if (body === undefined) {
    return '';
  }
  if (isJsonType(mediaType)) {
    return JSON.stringify(body);
  }
  if (readEssence(mediaType) === 'application/pdf' && !isPdf(body)) {
    return examplePdf;
  }
  if (typeof body !== 'object' || body === null) {
    return String(body);
  }
  if (isXmlType(mediaType)) {
    return toXml(body);
  }
  switch (readEssence(mediaType)) {
    case 'text/event-stream':
      return [body]
        .flat()
        .map((event) => `data: ${JSON.stringify(event)}\n\n`)
        .join('');
    case 'application/x-ndjson':
    case 'application/jsonl':
      return [body]
        .flat()
        .map((line) => `${JSON.stringify(line)}\n`)
        .join('');
    case 'application/x-www-form-urlencoded':
      return new URLSearchParams(
        Object.entries(body).map(([name, value]) => [name, String(value)]),
      ).toString();
    default:
      // As ASP.NET, for one, writes an object as plain text.
      return JSON.stringify(body);
  }
}

// A viewer refuses a file without a page, and a document can hardly show one as text.
function isPdf(body: unknown): boolean {
  return typeof body === 'string' && /^%PDF-/.test(body) && /\/Type\s*\/Page\b/.test(body);
}

/** A page that says what it is. */
const examplePdf: string = writePdf([
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
  toStream(
    'BT /F1 24 Tf 72 740 Td (Example PDF) Tj /F1 12 Tf 0 -32 Td (The mock sends this page in place of a real document.) Tj ET',
  ),
  '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
]);

function toStream(text: string): string {
  return `<< /Length ${text.length} >>\nstream\n${text}\nendstream`;
}

// ISO 32000-1, section 7.5: the places of the objects stand at the end, in bytes, each in a line of 20.
function writePdf(objects: readonly string[]): string {
  let text = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const count = objects.length + 1;
  return (
    `${text}xref\n0 ${count}\n0000000000 65535 f \n${places.join('')}` +
    `trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  );
}

/** What Prism finds wrong, in a request and in its response. */
export type Validations = Rendered['validations'];

/** One thing that Prism finds wrong. */
export type Validation = Validations['input'][number];

const severities = ['Error', 'Warning', 'Information', 'Hint'];

/**
 * Lists what Prism finds wrong as its own server tells it, that in the request first.
 *
 * @returns `undefined` where there is nothing
 */
export function listViolations({ input, output }: Validations): Violation[] | undefined {
  const violations = [
    ...input.map((validation) => describe('request', validation)),
    ...output.map((validation) => describe('response', validation)),
  ];
  return violations.length === 0 ? undefined : violations;
}

/**
 * Puts an error in the place of an answer that breaks the spec, as Prism does with `--errors`. What breaks it in the request
 * alone stays: an invalid request has got its error.
 */
export function refuseViolations(answer: Answer): Answer {
  const validation = (answer.violations ?? []).filter(
    ({ location: [side], severity }) => side === 'response' && severity === 'Error',
  );
  if (validation.length === 0) {
    return answer;
  }
  const detail =
    'The response breaks the spec, and the mock was started with --errors. Correct the example or the schema.';
  return {
    status: 500,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({
      type: violationsType,
      title: 'Request/Response not valid',
      status: 500,
      detail,
      validation,
    }),
    violations: answer.violations,
  };
}

// Prism's own.
const violationsType = 'https://stoplight.io/prism/errors#VIOLATIONS';

function describe(side: 'request' | 'response', validation: Validation): Violation {
  const { path = [], severity, code, message } = validation;
  return { location: [side, ...path], severity: severities[severity] ?? '', code, message };
}
