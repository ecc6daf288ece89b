import { connect } from 'node:net';

/** A connection that is kept alive, and carries one request after the other. */
export interface Connection extends Disposable {
  /** Sends a request as it stands and resolves to the whole answer. Rejects when the server hangs up. */
  ask: (request: string) => Promise<string>;
}

/**
 * Opens a connection.
 *
 * It stands on bare sockets: the client has to cost a fraction of what the servers do, and `node:http` doesn't.
 */
export function openConnection(url: string): Connection {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true }).setEncoding('latin1');
  let received = '';
  let failure: Error | undefined;
  let pending: PendingAnswer | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    pending?.reject(failure);
  };
  socket.once('error', fail);
  socket.once('close', () => fail(new Error('The server closed the connection.')));
  socket.on('data', (text: string) => {
    received += text;
    if (isWhole(received)) {
      const answer = received;
      received = '';
      pending?.resolve(answer);
    }
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        pending = { resolve, reject };
        if (failure === undefined) {
          socket.write(request, 'latin1');
        } else {
          reject(failure);
        }
      }),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

interface PendingAnswer {
  resolve: (answer: string) => void;
  reject: (error: Error) => void;
}

/**
 * Whether text holds an answer to its end, by its length or by its last chunk.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export function isWhole(text: string): boolean {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) {
    return false;
  }
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headEnd))?.[1];
  return length === undefined ? text.endsWith('\r\n0\r\n\r\n') : text.length >= headEnd + 4 + Number(length);
}
