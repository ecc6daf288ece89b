import type { IHttpRequest, IHttpResponse } from '@stoplight/prism-http';
import type { ForwardedRequest, UpstreamAnswer } from '../../http/forwarder.ts';
import { isJsonType, parseBody } from '../../http/media-types.ts';
import { type RawRequest, RequestProblem, shortenViolations, type Violation } from '../../http/message.ts';
import { listSecrets } from '../../secrets/exchange.ts';
import { createLogMask } from '../../secrets/placeholders.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { Validation, Validations } from '../engine/answer.ts';
import type { Prism } from '../engine/library.ts';
import { readRequest } from '../engine/request.ts';

// Of Prism's severities.
const error = 0;
const information = 2;

const notValidated: Validation = {
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
    const methods = await prism.findMethods(asked);
    return methods.includes(asked.method)
      ? await judgeBody(prism, { asked, problems }, answer)
      : { input: [describeUndocumented(request.method, methods)], output: [] };
  } catch (cause) {
    return { input: problems, output: [describeFailure(cause)] };
  }
}

async function judgeBody(
  prism: Prism,
  { asked, problems }: { asked: IHttpRequest; problems: Validation[] },
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
function describeFailure(cause: unknown): Validation {
  const message =
    cause instanceof RangeError
      ? 'Prism cannot validate this exchange: a body is nested too deep.'
      : // Prism throws at a media type that doesn't parse.
        'Prism cannot validate this answer. Is its Content-Type well-formed?';
  return { code: 'malformed', severity: error, message };
}

function readAsked({ decodedBody, ...request }: ForwardedRequest): {
  asked?: IHttpRequest;
  problems: Validation[];
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

function describeUndocumented(method: string, documented: readonly string[]): Validation {
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
): { body?: unknown; remarks?: Validation[] } {
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

function isNotOfBody({ path, code }: Validation): boolean {
  // That a body is missing has no path.
  return path === undefined ? code !== 'required' : path[0] !== 'body';
}

/** What was asked, and what came of it. */
interface Asked {
  request: ForwardedRequest;
  status: number;
  /** Missing where the spec has no such operation. */
  operationId: string | undefined;
}

// Each is looked for in each line, in all the ways in which it can be encoded.
const maxSecrets = 1000;

// Each is looked at for each secret. Of their JSON.
const maxViolationsLength = 64 * 1024;

/**
 * Describes each violation on a line, as `violation: POST /items 400: request.body name is missing`, without
 * the query and with every secret of the request hidden. Of a request with more than a thousand of them, it says no
 * more than that. Where the violations are too many, the last line says how many are left out.
 *
 * @param secrets what the API calls so
 */
export function describeViolations(
  violations: readonly Violation[],
  { request, status, operationId }: Asked,
  secrets: Secrets,
): string[] {
  if (violations.length === 0) {
    return [];
  }
  const [path = ''] = request.target.split('?');
  const name = operationId === undefined ? '' : ` (${operationId})`;
  const mask = createLogMask(secrets);
  const known = listKnown(request, secrets);
  const isCrowded = known.size > maxSecrets;
  (isCrowded ? [] : known).forEach(mask.hide);
  return shortenViolations(violations, maxViolationsLength).map(({ location, severity, message }) => {
    if (isCrowded) {
      const reason = `Not shown, since the request has more than ${maxSecrets} secrets.`;
      return `${severity.toLowerCase()}: ${request.method} ${status}${name}: ${location[0]}: ${reason}`;
    }
    const what = [location.join('.'), message].filter(Boolean).join(': ');
    return mask.apply(`${severity.toLowerCase()}: ${request.method} ${path} ${status}${name}: ${what}`);
  });
}

function listKnown(
  { target, rawHeaders, headers, body, decodedBody = body }: ForwardedRequest,
  secrets: Secrets,
): Set<string> {
  const pairs = rawHeaders.flatMap<[string, string]>((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  );
  const { 'content-type': mediaType = '' } = headers;
  return listSecrets(secrets, { target, headers: pairs, body: decodedBody, mediaType });
}
