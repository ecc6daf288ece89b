import type { Answer } from './answer.ts';
import { createBoundedMap } from './bounded-map.ts';
import type { RawRequest } from './raw-request.ts';

/** Answers a request that is read to its end. */
export type Ask = (request: RawRequest) => Promise<Answer>;

/** An answer, and whether it has values that are made up anew for each request. */
export interface AskedAnswer {
  answer: Answer;
  isMadeUp: boolean;
}

/** How much is remembered. */
export interface MemoSettings {
  /** Default: 1000. What was not asked for lately is forgotten. */
  maxAnswers?: number;
  /** Default: 16 KiB. A request with a longer body is asked for every time. */
  maxBodyBytes?: number;
}

/**
 * Remembers whole answers: the mock has no state, so an answer depends on the bytes of its request alone. All of them
 * are compared, headers too.
 *
 * Not remembered is what a request wants made up, which is another every time.
 */
export function rememberAnswers(
  ask: (request: RawRequest) => Promise<AskedAnswer>,
  settings: MemoSettings = {},
): Ask {
  const { maxAnswers = 1000, maxBodyBytes = 16 * 1024 } = settings;
  const answers = createBoundedMap<Answer>(maxAnswers);
  return async (request) => {
    if (request.body.length > maxBodyBytes) {
      return (await ask(request)).answer;
    }
    const key = `${request.method} ${request.target}\n${JSON.stringify(request.headers)}\n${request.body.toString('latin1')}`;
    const known = answers.get(key);
    if (known !== undefined) {
      return known;
    }
    const { answer, isMadeUp } = await ask(request);
    if (!isMadeUp) {
      answers.set(key, answer);
    }
    return answer;
  };
}
