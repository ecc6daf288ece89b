import { deepStrictEqual } from 'node:assert';

/** What a consumer exports: it calls all operations, and gives what it has read and built. */
export type CallAll = () => Promise<unknown[]>;

/** Calls in one run of a consumer; the other operations are built as URLs. */
const callsEach = 4;

const answers: Readonly<Record<string, object>> = {
  '/api/token': { access_token: 'access-token-1', token_type: 'bearer', expires_in: 1, refresh_token: 'r' },
  '/api/sys/users/token/refresh': {
    WasSuccessful: true,
    Value: 'one-time-token-1',
    Status: 200,
    Message: null,
    Errors: null,
  },
  '/api/sys/users/exchange': { token: 'access-token-4', token_type: 'bearer', expires_in: 1 },
  '/api/auth/media/customer': { jwt: 'media-token-1' },
};

const expected = [
  'access-token-1',
  'access-token-4',
  'https://space.example.com/user/login?server=true&t=one-time-token-1&redirectUrl=%2Fuser%2Finvoices',
  'https://portal.example.com/login?t=one-time-token-1',
  'https://space.example.com/api/public/billing/invoices/1024/pdf?t=media-token-1',
];

/** Answers as the server does, without a network. */
export async function stubFetch(input: Request | URL | string): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input);
  const answer = answers[new URL(url, 'https://space.example.com').pathname];
  return answer === undefined ? new Response(null, { status: 404 }) : Response.json(answer);
}

/**
 * Looks at what a consumer gives.
 *
 * @throws {Error} that shows the difference from what it should be
 */
export async function checkCalls(callAll: CallAll): Promise<void> {
  deepStrictEqual(await callAll(), expected);
}

/**
 * Runs a consumer again and again, and gives the time of one call in microseconds.
 *
 * @throws {Error} where the last run gives something wrong
 */
export async function timeCalls(callAll: CallAll, runs: number): Promise<number> {
  const start = performance.now();
  for (let run = 0; run < runs; run += 1) {
    await callAll();
  }
  const durationMs = performance.now() - start;
  await checkCalls(callAll);
  return (durationMs * 1000) / (runs * callsEach);
}
