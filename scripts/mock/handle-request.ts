import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, abortOnClose, writeAnswer } from './answer.ts';
import type { Ask } from './answer-memo.ts';
import { adminPath, answerAdmin } from './control/answer-admin.ts';
import type { Control } from './control/control.ts';
import type { Fault } from './control/forced.ts';
import { writeFault } from './control/write-fault.ts';
import { answerPreflight, corsHeaders } from './cors.ts';
import { preferAnswer } from './prefer-answer.ts';
import { toProblemAnswer } from './problem.ts';
import type { RawRequest } from './raw-request.ts';
import { readBody } from './read-body.ts';

/** Is told of each answer before it is written. */
export type OnAnswer = (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, answer: Answer) => void;

interface Outcome {
  answer: Answer;
  fault?: Fault | undefined;
}

/**
 * Builds the listener of a `node:http` server: read the request, ask for its answer or the mock itself, write it.
 */
export function createRequestListener(ask: Ask, control: Control, onAnswer?: OnAnswer): RequestListener {
  return async (incoming, response) => {
    const { answer, fault } = await answerIncoming(incoming, response, ask, control);
    onAnswer?.(incoming, answer);
    write(response, incoming, answer, fault);
  };
}

// Whatever can't be written must not end the process: the client's connection is what ends.
function write(response: ServerResponse, incoming: IncomingMessage, answer: Answer, fault?: Fault): void {
  try {
    const further = isForMock(incoming.url) ? {} : corsHeaders(incoming.headers, answer);
    if (fault === undefined) {
      writeAnswer(response, answer, further);
    } else {
      writeFault(response, answer, further, fault);
    }
  } catch {
    response.destroy();
  }
}

async function answerIncoming(
  incoming: IncomingMessage,
  response: ServerResponse,
  ask: Ask,
  control: Control,
): Promise<Outcome> {
  const { method = 'GET', url: target = '/', headers } = incoming;
  try {
    const request = { method, target, headers, body: await readBody(incoming) };
    if (isForMock(target)) {
      return { answer: answerAdmin(request, control) };
    }
    const preflight = answerPreflight(method, headers);
    return preflight === undefined
      ? await answerCall(request, response, ask, control)
      : { answer: preflight };
  } catch (error) {
    return { answer: toProblemAnswer(error) };
  }
}

// These paths are for no page but the mock's own, so CORS lets no other page read them.
function isForMock(target = ''): boolean {
  return target.startsWith(adminPath);
}

async function answerCall(
  request: RawRequest,
  response: ServerResponse,
  ask: Ask,
  control: Control,
): Promise<Outcome> {
  const forced = control.forced.take(request);
  if (forced?.latencyMs) {
    await holdBack(response, forced.latencyMs);
  }
  const answer = await ask(forced === undefined ? request : preferAnswer(request, forced)).catch(
    toProblemAnswer,
  );
  control.journal.add(request, answer, forced?.fault);
  return { answer, fault: forced?.fault };
}

// Where nobody waits for the answer any more, as when the mock is closed, nothing is to be held back.
async function holdBack(response: ServerResponse, latencyMs: number): Promise<void> {
  const signal = abortOnClose(response);
  try {
    await delay(latencyMs, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}
