import { expect } from 'vitest';
import { CallError, createNexudusAuthClient, type NexudusAuthClient } from '../../src/index.ts';
import { asFetch } from './as-fetch.ts';

/** The space of the tests. Nothing is sent to it. */
export const baseUrl = 'https://your-space.spaces.nexudus.com';
export const bearerToken = 'access-token-1';

/** A client whose requests are kept and answered by `answer`. */
export function clientThatGets(answer: (request: Request) => Response | Promise<Response>): {
  client: NexudusAuthClient;
  requests: Request[];
} {
  const requests: Request[] = [];
  const client = createNexudusAuthClient({
    baseUrl,
    fetch: asFetch(async (request) => {
      requests.push(request.clone());
      return answer(request);
    }),
  });
  return { client, requests };
}

/** The error of a call that must fail. */
export function failureOf(call: Promise<unknown>): Promise<CallError> {
  return call.then(
    () => expect.fail('the call resolved'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(CallError);
      return error as CallError;
    },
  );
}
