import type { ClientRequest, IncomingMessage } from 'node:http';

/** An answer that nobody can pass on. Its message is a predicate, such as `sent the status 99`, and holds no secret. */
export class UnusableAnswer extends Error {}

// One or two are common, a 100 and a 103.
const maxInterimAnswers = 100;

/**
 * Waits for the head of the answer to a request. `once(outgoing, 'response')` would wait for ever for a server that
 * switches to another protocol: Node.js then closes the connection without an error.
 *
 * @throws {UnusableAnswer} for a status below 200 or above 999, 101 among them, for interim answers without an end, and
 *   for a connection that closes before
 * @throws {Error} where the connection fails
 */
export function awaitAnswer(outgoing: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string): void => {
      reject(new UnusableAnswer(reason));
      outgoing.destroy();
    };
    const check = (answer: IncomingMessage): void => {
      const { statusCode = 0 } = answer;
      if (statusCode >= 200 && statusCode <= 999) {
        resolve(answer);
      } else {
        refuse(`sent the status ${statusCode}, expected one from 200 to 999`);
      }
    };
    countInterimAnswers(outgoing, () => refuse(`sent more than ${maxInterimAnswers} interim answers`));
    outgoing.once('response', check);
    outgoing.once('upgrade', (answer, socket) => {
      socket.destroy();
      check(answer);
    });
    outgoing.once('error', reject);
    outgoing.once('close', () => reject(new UnusableAnswer('closed the connection without an answer')));
  });
}

function countInterimAnswers(outgoing: ClientRequest, onTooMany: () => void): void {
  let count = 0;
  outgoing.on('information', () => {
    count += 1;
    if (count > maxInterimAnswers) {
      onTooMany();
    }
  });
}
