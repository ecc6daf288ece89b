import type { IHttpRequest } from '@stoplight/prism-http';
import type { Answer } from './answer.ts';
import type { Prism } from './prism.ts';
import { toProblemAnswer } from './problem.ts';
import { renderResponse } from './render-response.ts';

/**
 * Answers a request as the spec has it. Never rejects: what goes wrong inside Prism becomes problem+json.
 *
 * Where the spec doesn't say otherwise, HEAD is answered as GET, and OPTIONS with the path's methods.
 */
export async function askPrism(prism: Prism, request: IHttpRequest): Promise<Answer> {
  try {
    const result = await prism.ask(request);
    if (result._tag === 'Right') {
      return renderResponse(result.right);
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

function answerMissingMethod(prism: Prism, request: IHttpRequest, error: Error): Promise<Answer> | Answer {
  const methods = prism.findMethods(request);
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
