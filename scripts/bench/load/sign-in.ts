/** The work that every server is given: a sign-in, which is answered with a bearer token. */

const head =
  'POST /api/token HTTP/1.1\r\nhost: mock.test\r\naccept: */*\r\n' +
  'content-type: application/x-www-form-urlencoded\r\ncontent-length: ';

/** The same request every time. */
export function repeatSignIn(): () => string {
  const request = formatSignIn('ada@lovelace.dev', 'correct-horse');
  return () => request;
}

/**
 * Another request every time.
 *
 * @param first where it starts to count, so that no two runs send the same
 */
export function varySignIn(first = 0): () => string {
  let count = first;
  return () => {
    count += 1;
    return formatSignIn(`ada-${count}@lovelace.dev`, `correct-horse-${count}`);
  };
}

/** A request that breaks the spec: its grant type is missing. */
export const brokenSignIn: string = formatRequest('username=ada%40lovelace.dev&password=correct-horse');

/** Whether an answer is what a sign-in gets: status 200, and a body with an `access_token`. */
export function isSignedIn(answer: string): boolean {
  return answer.startsWith('HTTP/1.1 200 ') && answer.includes('"access_token"');
}

function formatSignIn(username: string, password: string): string {
  return formatRequest(`grant_type=password&username=${encodeURIComponent(username)}&password=${password}`);
}

function formatRequest(body: string): string {
  return `${head}${body.length}\r\n\r\n${body}`;
}
