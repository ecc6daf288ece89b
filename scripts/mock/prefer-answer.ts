import type { RawRequest } from './raw-request.ts';

/**
 * Makes a request prefer an answer, whatever it preferred before. Without a status and an example it stays as it is.
 */
export function preferAnswer(
  request: RawRequest,
  { status, example }: { status?: number; example?: string },
): RawRequest {
  const preferences = [
    ...(status === undefined ? [] : [`code=${status}`]),
    ...(example === undefined ? [] : [`example=${example}`]),
  ];
  return preferences.length === 0
    ? request
    : { ...request, headers: { ...request.headers, prefer: preferences.join(', ') } };
}
