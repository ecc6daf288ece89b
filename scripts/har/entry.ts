import type { ForwardedRequest, UpstreamAnswer } from '../http/forwarder.ts';
import { listPassedHeaders, type RawHeader } from '../http/headers.ts';
import { isFormType, isJsonType } from '../http/media-types.ts';
import { decodeText } from '../secrets/exchange.ts';

/** A name and its value: of a header, or of a parameter. */
export interface Pair {
  name: string;
  value: string;
}

/** One exchange, as HAR 1.2 has it. Cookies stand among the headers. */
export interface HarEntry {
  /** In ISO 8601. */
  startedDateTime: string;
  /** In milliseconds. */
  time: number;
  request: {
    method: string;
    url: string;
    httpVersion: string;
    headers: Pair[];
    queryString: Pair[];
    cookies: [];
    headersSize: -1;
    /** In bytes. */
    bodySize: number;
    postData?: { mimeType: string; text: string; comment?: string };
  };
  response: {
    status: number;
    statusText: string;
    httpVersion: string;
    headers: Pair[];
    cookies: [];
    /** The size is that of the decoded body, in bytes. */
    content: { size: number; mimeType: string; text?: string; comment?: string };
    redirectURL: string;
    headersSize: -1;
    bodySize: number;
  };
  cache: Record<string, never>;
  timings: { send: number; wait: number; receive: number };
}

/** A request that was forwarded, and its answer. */
export interface Exchange {
  startedAt: Date;
  request: ForwardedRequest;
  answer: UpstreamAnswer;
}

const leftOut = 'The body is left out: secrets are masked in JSON and in forms only.';

/**
 * Turns an exchange into an entry of a HAR file. Its secrets are in it still.
 *
 * @param baseUrl of the real server
 * @see http://www.softwareishard.com/blog/har-12-spec/#entries
 */
export function toEntry({ startedAt, request, answer }: Exchange, baseUrl: URL): HarEntry {
  const time = Math.max(0, Date.now() - startedAt.getTime());
  const url = baseUrl.origin + baseUrl.pathname.replace(/\/$/, '') + request.target;
  const common = { httpVersion: 'HTTP/1.1', cookies: [] satisfies [], headersSize: -1 } as const;
  return {
    startedDateTime: startedAt.toISOString(),
    time,
    request: {
      ...common,
      method: request.method,
      url,
      headers: listPassedHeaders(request.rawHeaders).map(([name, value]) =>
        name.toLowerCase() === 'host' ? { name, value: baseUrl.host } : { name, value },
      ),
      queryString: [],
      bodySize: request.body.length,
      ...describePostData(request),
    },
    response: {
      ...common,
      status: answer.status,
      statusText: answer.statusText,
      headers: answer.passedHeaders.map(toPair),
      content: describeContent(answer),
      redirectURL: answer.headers.location ?? '',
      bodySize: answer.rest === undefined ? answer.body.length : -1,
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
  };
}

function toPair([name, value]: RawHeader): Pair {
  return { name, value };
}

function describePostData({
  headers,
  body,
  decodedBody,
}: ForwardedRequest): Pick<HarEntry['request'], 'postData'> {
  if (body.length === 0) {
    return {};
  }
  const { 'content-type': mimeType = '' } = headers;
  const text = readText(decodedBody, mimeType);
  return { postData: { mimeType, ...(text === undefined ? { text: '', comment: leftOut } : { text }) } };
}

function describeContent({ headers, body, decodedBody }: UpstreamAnswer): HarEntry['response']['content'] {
  const { 'content-type': mimeType = '' } = headers;
  const size = decodedBody?.length ?? body.length;
  if (size === 0) {
    return { size, mimeType };
  }
  const text = readText(decodedBody, mimeType);
  return { size, mimeType, ...(text === undefined ? { comment: leftOut } : { text }) };
}

// Anything else, a page or a PDF for one, can hold a secret where nobody looks for it.
function readText(body: Buffer | undefined, mimeType: string): string | undefined {
  return isJsonType(mimeType) || isFormType(mimeType) ? body && decodeText(body, mimeType) : undefined;
}
