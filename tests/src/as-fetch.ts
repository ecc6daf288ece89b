/** Makes a `fetch` of what answers a request. */
export function asFetch<Answer>(
  answer: (request: Request) => Answer,
): (input: string | Request, init?: RequestInit) => Answer {
  return (input, init) => answer(new Request(input, init));
}
