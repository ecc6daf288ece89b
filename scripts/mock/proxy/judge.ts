import type { IHttpRequest, IHttpResponse } from '@stoplight/prism-http';
import { isJsonType, parseBody } from '../parse-body.ts';
import type { Prism } from '../prism.ts';
import { RequestProblem } from '../problem.ts';
import type { RawRequest } from '../raw-request.ts';
import { readRequest } from '../read-request.ts';
import type { Validations } from '../violations.ts';
import { decodeBody } from './decode-body.ts';
import type { UpstreamAnswer } from './forward.ts';

type Violation = Validations['input'][number];

// Of Prism's severities.
const error = 0;
const information = 2;

/**
 * Validates a request and the real server's answer to it. Never rejects: what can't be judged is a violation that
 * says so.
 */
export async function judge(prism: Prism, request: RawRequest, answer: UpstreamAnswer): Promise<Validations> {
  const { asked, problems } = readAsked(request);
  if (asked === undefined) {
    return { input: problems, output: [] };
  }
  const methods = prism.findMethods(asked);
  if (!methods.includes(asked.method)) {
    return { input: [describeUndocumented(request.method, methods)], output: [] };
  }
  const { body, remarks } = readAnswered(request.method, answer);
  const { input, output } = await askPrism(prism, asked, { ...toHead(answer), body });
  return {
    // Of a body that doesn't parse, Prism sees nothing: what it says of it is not so.
    input: problems.length === 0 ? input : [...problems, ...input.filter(isNotOfBody)],
    output: remarks === undefined ? output : [...remarks, ...output.filter(isNotOfBody)],
  };
}

async function askPrism(prism: Prism, asked: IHttpRequest, answered: IHttpResponse): Promise<Validations> {
  try {
    const result = await prism.judge(asked, answered);
    if (result._tag === 'Right') {
      return result.right.validations;
    }
  } catch {
    // Prism throws at a media type that doesn't parse. What it throws can quote the answer.
  }
  const message = 'Prism cannot validate this answer. Is its Content-Type well-formed?';
  return { input: [], output: [{ code: 'malformed', severity: error, message }] };
}

function readAsked(request: RawRequest): { asked?: IHttpRequest; problems: Violation[] } {
  try {
    return { asked: readRequest(request), problems: [] };
  } catch (cause) {
    const message = cause instanceof RequestProblem ? cause.detail : 'The request cannot be read.';
    const problem: Violation = { code: 'malformed', severity: error, message };
    // Either the body doesn't parse, or the target.
    const bare = request.body.length === 0 ? {} : readAsked({ ...request, body: Buffer.of() });
    return { ...bare, problems: [problem] };
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

function readAnswered(method: string, answer: UpstreamAnswer): { body?: unknown; remarks?: Violation[] } {
  const { headers, body, rest } = answer;
  const { 'content-type': mediaType = '', 'content-encoding': encoding } = headers;
  if (method === 'HEAD') {
    return { remarks: [] };
  }
  const decoded = rest === undefined ? decodeBody(body, encoding) : undefined;
  if (decoded === undefined) {
    const message =
      'The body is not validated: it is a stream, too long, or in an encoding that is not known.';
    return { remarks: [{ path: ['body'], code: 'not-validated', severity: information, message }] };
  }
  try {
    return { body: isJsonType(mediaType) ? parseBody(decoded, mediaType) : decoded.toString('utf8') };
  } catch (cause) {
    const { detail } = cause as RequestProblem;
    return { remarks: [{ path: ['body'], code: 'malformed', severity: error, message: detail }] };
  }
}

function isNotOfBody({ path, code }: Violation): boolean {
  // That a body is missing has no path.
  return path === undefined ? code !== 'required' : path[0] !== 'body';
}
