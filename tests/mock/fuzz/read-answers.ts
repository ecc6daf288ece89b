import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What came back for some bytes, one character a byte. */
export interface Received {
  text: string;
  /** How the connection ended: by the server, by its reset, or by us once all answers were whole. */
  end: 'closed' | 'reset' | 'left' | 'timeout';
}

/** After the last whole answer, since more can follow on a connection that stays open. */
const quietMs = 30;
const patienceMs = 20_000;

/** Sends bytes over a connection of its own, and reads all that comes back. */
export async function exchangeAny(url: string, bytes: string): Promise<Received> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) }).setEncoding('latin1');
  let text = '';
  const ended = new Promise<Received['end']>((resolve) => {
    socket.on('data', (chunk: string) => {
      text += chunk;
      socket.setTimeout(findProblem(text, false, /\bHEAD /.test(bytes)) === undefined ? quietMs : 0);
    });
    socket.on('timeout', () => resolve('left'));
    socket.on('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code === 'ECONNRESET' || code === 'EPIPE' ? 'reset' : 'timeout'),
    );
    socket.on('close', () => resolve('closed'));
  });
  socket.write(bytes, 'latin1');
  const timer = new AbortController();
  const patience = delay(patienceMs, 'timeout' as const, { signal: timer.signal }).catch(
    () => 'timeout' as const,
  );
  const end = await Promise.race([ended, patience]);
  timer.abort();
  socket.destroy();
  return { text, end };
}

/**
 * Looks at a sequence of answers.
 *
 * @param isClosed whether the server has closed the connection, which ends an answer without a length
 * @param isHead whether a request may have been HEAD, whose answer has a length and no body
 * @returns what is wrong with it: the head of an answer, or its end
 * @see https://www.rfc-editor.org/rfc/rfc9112
 */
export function findProblem(text: string, isClosed: boolean, isHead: boolean): string | undefined {
  let rest = text;
  while (rest !== '') {
    const headEnd = rest.indexOf('\r\n\r\n');
    if (headEnd === -1) {
      return 'a head without an end';
    }
    const [statusLine = '', ...lines] = rest.slice(0, headEnd).split('\r\n');
    const [, status = ''] = /^HTTP\/1\.1 ([1-5]\d\d) [\t -~\x80-\xff]*$/.exec(statusLine) ?? [];
    const odd = lines.find((line) => !/^[!#$%&'*+.^_`|~\w-]+:[\t -~\x80-\xff]*$/.test(line));
    if (status === '' || odd !== undefined) {
      return `an odd line: ${odd ?? statusLine}`;
    }
    const body = rest.slice(headEnd + 4);
    const length = measureBody(status, lines, body, isClosed);
    if (length === undefined) {
      return isHead && body === '' ? undefined : `a body without an end, of ${status}`;
    }
    // Of HEAD, what follows is the next answer.
    rest = isHead && body.startsWith('HTTP/1.1 ') ? body : body.slice(length);
  }
  return undefined;
}

function measureBody(
  status: string,
  lines: readonly string[],
  body: string,
  isClosed: boolean,
): number | undefined {
  const find = (name: string): string | undefined =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  if (status.startsWith('1') || status === '204' || status === '304') {
    return 0;
  }
  if (find('transfer-encoding') === 'chunked') {
    const end = body.indexOf('0\r\n\r\n');
    return end === -1 ? undefined : end + 5;
  }
  const length = find('content-length');
  if (length === undefined) {
    return isClosed ? body.length : undefined;
  }
  return body.length >= Number(length) ? Number(length) : undefined;
}
