const mockUrl: string | undefined = import.meta.env.VITE_MOCK_URL;

/** Where one watches and steers the mock; `undefined` on a real space. */
export const consoleUrl: string | undefined = mockUrl && `${mockUrl}/__mock__/`;

/** Makes the next call of an operation fail, once. Resolves to the id of that. */
export async function failNext(operationId: string, answer: object): Promise<number> {
  const forced = await callMock('POST', 'forced', { operationId, ...answer });
  return (await forced.json()).id;
}

/** Says whether a call is still to fail. */
export async function isStillToFail(id: number): Promise<boolean> {
  const { forced } = await (await callMock('GET', 'forced')).json();
  return forced.some((one: { id: number }) => one.id === id);
}

/** Lets a call succeed that was to fail. */
export async function letSucceed(id: number): Promise<void> {
  await callMock('DELETE', `forced?id=${id}`);
}

/** Issues what Nexudus issues at the end of a password reset: a JWT that signs in once. */
export async function issueJwt(): Promise<string> {
  return (await (await callMock('POST', 'jwts')).json()).token;
}

// A page of another origin must not steer the mock, so the server of this page passes these calls on: vite.config.ts.
async function callMock(method: string, path: string, body?: object): Promise<Response> {
  const response = await fetch(`/__mock__/${path}`, { method, body: body ? JSON.stringify(body) : null });
  if (!response.ok) throw new Error(`The mock refused ${method} ${path} with ${response.status}.`);
  return response;
}
