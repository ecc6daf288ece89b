import type { IHttpRequest, IHttpResponse } from '@stoplight/prism-http';
import { isJsonType, parseBody } from '../parse-body.ts';
import type { Prism } from '../prism.ts';
import { RequestProblem } from '../problem.ts';
import type { RawRequest } from '../raw-request.ts';
import { readRequest } from '../read-request.ts';
import type { Validations } from '../violations.ts';
import type { ForwardedRequest, UpstreamAnswer } from './forward.ts';

type Violation = Validations['input'][number];

// Of Prism's severities.
const error = 0;
const information = 2;

const notValidated: Violation = {
  path: ['body'],
  code: 'not-validated',
  severity: information,
  message: 'The body is not validated: it is a stream, too long, or in an encoding that is not known.',
};

/**
 * Validates a request and the real server's answer to it. Never rejects: what can't be judged is a violation that
 * says so.
 */
export async function judge(
  prism: Prism,
  request: ForwardedRequest,
  answer: UpstreamAnswer,
): Promise<Validations> {
  const { asked, problems } = readAsked(request);
  if (asked === undefined) {
    return { input: problems, output: [] };
  }
  try {
    const methods = prism.findMethods(asked);
    return methods.includes(asked.method)
      ? await judgeBody(prism, { asked, problems }, answer)
      : { input: [describeUndocumented(request.method, methods)], output: [] };
  } catch (cause) {
    return { input: problems, output: [describeFailure(cause)] };
  }
}

async function judgeBody(
  prism: Prism,
  { asked, problems }: { asked: IHttpRequest; problems: Violation[] },
  answer: UpstreamAnswer,
): Promise<Validations> {
  const { body, remarks } = readAnswered(asked.method, answer);
  const result = await prism.judge(asked, { ...toHead(answer), body });
  if (result._tag === 'Left') {
    throw result.left;
  }
  const { input, output } = result.right.validations;
  return {
    // Of a body that doesn't parse, Prism sees nothing: what it says of it is not so.
    input: problems.length === 0 ? input : [...problems, ...input.filter(isNotOfBody)],
    output: remarks === undefined ? output : [...remarks, ...output.filter(isNotOfBody)],
  };
}

// What Prism throws can quote the answer.
function describeFailure(cause: unknown): Violation {
  const message =
    cause instanceof RangeError
      ? 'Prism cannot validate this exchange: a body is nested too deep.'
      : // Prism throws at a media type that doesn't parse.
        'Prism cannot validate this answer. Is its Content-Type well-formed?';
  return { code: 'malformed', severity: error, message };
}

function readAsked({ decodedBody, ...request }: ForwardedRequest): {
  asked?: IHttpRequest;
  problems: Violation[];
} {
  if (decodedBody === undefined) {
    return { ...readBare(request), problems: [notValidated] };
  }
  try {
    return { asked: readRequest({ ...request, body: decodedBody }), problems: [] };
  } catch (cause) {
    const message = cause instanceof RequestProblem ? cause.detail : 'The request cannot be read.';
    // Either the body doesn't parse, or the target.
    return { ...readBare(request), problems: [{ code: 'malformed', severity: error, message }] };
  }
}

function readBare(request: RawRequest): { asked?: IHttpRequest } {
  try {
    return { asked: readRequest({ ...request, body: Buffer.of() }) };
  } catch {
    return {};
  }
}

function describeUndocumented(method: string, documented: readonly string[]): Violation {
  const found =
    documented.length === 0
      ? 'no such path'
      : `no ${method} of this path, but ${documented.join(', ').toUpperCase()}`;
  return { code: 'undocumented', severity: error, message: `The spec has ${found}.` };
}

function toHead({ status, headers }: UpstreamAnswer): IHttpResponse {
  const joined = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return { statusCode: status, headers: Object.fromEntries(joined) };
}

function readAnswered(
  method: string,
  { headers, decodedBody }: UpstreamAnswer,
): { body?: unknown; remarks?: Violation[] } {
  const { 'content-type': mediaType = '' } = headers;
  if (method === 'head') {
    return { remarks: [] };
  }
  if (decodedBody === undefined) {
    return { remarks: [notValidated] };
  }
  const isJson = isJsonType(mediaType);
  try {
    return { body: isJson ? parseBody(decodedBody, mediaType) : decodedBody.toString('utf8') };
  } catch (cause) {
    const { detail } = cause as RequestProblem;
    return { remarks: [{ path: ['body'], code: 'malformed', severity: error, message: detail }] };
  }
}

function isNotOfBody({ path, code }: Violation): boolean {
  // That a body is missing has no path.
  return path === undefined ? code !== 'required' : path[0] !== 'body';
}
