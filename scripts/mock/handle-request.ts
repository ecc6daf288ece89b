import type { IncomingMessage, RequestListener } from 'node:http';
import { type Answer, writeAnswer } from './answer.ts';
import { askPrism } from './ask-prism.ts';
import { answerPreflight, corsHeaders } from './cors.ts';
import type { Prism } from './prism.ts';
import { toProblemAnswer } from './problem.ts';
import { readBody } from './read-body.ts';
import { readRequest } from './read-request.ts';

/** Is told of each answer before it is written. */
export type OnAnswer = (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, answer: Answer) => void;

/**
 * Builds the listener of a `node:http` server: read the request, ask Prism, write the answer.
 */
export function createRequestListener(prism: Prism, onAnswer?: OnAnswer): RequestListener {
  return async (incoming, response) => {
    const answer = await answerIncoming(prism, incoming);
    onAnswer?.(incoming, answer);
    writeAnswer(response, answer, corsHeaders(incoming.headers, answer));
  };
}

async function answerIncoming(prism: Prism, incoming: IncomingMessage): Promise<Answer> {
  const { method = 'GET', url: target = '/', headers } = incoming;
  try {
    const body = await readBody(incoming);
    return (
      answerPreflight(method, headers) ??
      (await askPrism(prism, readRequest({ method, target, headers, body })))
    );
  } catch (error) {
    return toProblemAnswer(error);
  }
}
