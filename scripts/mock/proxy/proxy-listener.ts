import type { RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { abortOnClose, writeAnswer } from '../answer.ts';
import { adminPath, answerAdmin } from '../control/answer-admin.ts';
import type { Control } from '../control/control.ts';
import { answerPreflight } from '../cors.ts';
import type { Prism } from '../prism.ts';
import { RequestProblem, toProblemAnswer } from '../problem.ts';
import type { RawRequest } from '../raw-request.ts';
import { readBody } from '../read-body.ts';
import { formatViolations } from '../violations.ts';
import { describeViolations } from './describe-violations.ts';
import { type ForwardedRequest, forward, type Upstream, type UpstreamAnswer } from './forward.ts';
import type { Recorder } from './har/recorder.ts';
import { judge } from './judge.ts';

/** What a proxy is made of. */
export interface ProxyParts {
  prism: Prism;
  control: Control;
  upstream: Upstream;
  recorder: Recorder | undefined;
  /** Hides the secrets of a request for the journal. */
  hide: (request: RawRequest) => RawRequest;
  /** Is given a line for each violation. */
  tell: (line: string) => void;
}

/**
 * Builds the listener of a `node:http` server: read the request, forward it, have both judged, write the real answer.
 */
export function createProxyListener(parts: ProxyParts): RequestListener {
  return async (incoming, response) => {
    const { method = 'GET', url: target = '/', headers, rawHeaders } = incoming;
    const request: ForwardedRequest = { method, target, headers, rawHeaders, body: Buffer.of() };
    try {
      request.body = await readBody(incoming);
      if (target.startsWith(adminPath)) {
        writeAnswer(response, answerProxyAdmin(request, parts.control), {});
      } else {
        await answerByUpstream(request, response, parts);
      }
    } catch (error) {
      refuse(request, response, parts, error);
    }
  };
}

async function answerByUpstream(
  request: ForwardedRequest,
  response: ServerResponse,
  parts: ProxyParts,
): Promise<void> {
  const startedAt = new Date();
  const answer = await forward(request, parts.upstream, abortOnClose(response));
  if (answerPreflight(request.method, request.headers) !== undefined) {
    // A browser's question before a call: no call itself.
    await writeForwarded(response, answer, {});
    return;
  }
  const violations = formatViolations(await judge(parts.prism, request, answer));
  const operationId = parts.control.findOperation(request);
  const found: Record<string, string> = violations === undefined ? {} : { 'sl-violations': violations };
  parts.control.journal.add(parts.hide(request), { status: answer.status, headers: found, body: '' });
  parts.recorder?.add({ startedAt, request, answer });
  describeViolations(violations, { request, status: answer.status, operationId }).forEach(parts.tell);
  await writeForwarded(response, answer, found);
}

async function writeForwarded(
  response: ServerResponse,
  { status, statusText, passedHeaders, body, rest }: UpstreamAnswer,
  further: Record<string, string>,
): Promise<void> {
  // Without one of the real server's, there is none.
  response.sendDate = false;
  response.writeHead(status, statusText, [...passedHeaders, ...Object.entries(further)].flat());
  if (rest === undefined) {
    response.end(body);
    return;
  }
  response.write(body);
  await pipeline(rest, response);
}

function refuse(
  request: RawRequest,
  response: ServerResponse,
  { control, hide }: ProxyParts,
  error: unknown,
): void {
  if (response.headersSent || response.destroyed) {
    // The client has gone, or the connection is cut, so that half an answer doesn't look whole.
    return;
  }
  const answer = toProblemAnswer(error);
  if (!request.target.startsWith(adminPath)) {
    control.journal.add(hide(request), answer);
  }
  writeAnswer(response, answer, {});
}

const adminNames: readonly string[] = ['health', 'journal'];

// What else the mock can be told is about its own answers, of which a proxy has none.
function answerProxyAdmin(request: RawRequest, control: Control): ReturnType<typeof answerAdmin> {
  const name = request.target.slice(adminPath.length).split('?')[0] ?? '';
  if (!adminNames.includes(name)) {
    throw new RequestProblem(404, `A proxy has no such page. It has ${adminNames.join(' and ')}.`);
  }
  return answerAdmin(request, control);
}
