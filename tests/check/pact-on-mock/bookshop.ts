import { afterAll } from 'vitest';
import { verifyOnMock } from '../../../scripts/check/pact-on-mock/verify.ts';
import type { Finding } from '../../../scripts/cli/finding.ts';
import { openVerifier, type Verifier } from '../../../scripts/pact/verifier/verifier.ts';
import { makePact, makeSpec } from '../../verify/make-documents.ts';

/** One for all tests of a file: it takes a while to start. */
export const verifier: Verifier = openVerifier();
afterAll(() => verifier[Symbol.asyncDispose]());

/** The schema of a book. */
export const book: object = {
  type: 'object',
  required: ['title'],
  properties: { title: { type: 'string' } },
};

/** A response in JSON. */
export function json(content: object): object {
  return { description: 'An answer.', content: { 'application/json': content } };
}

/** A response in JSON with named examples. */
export function named(examples: Record<string, object>): object {
  return json({ schema: book, examples });
}

/** A response with two examples. */
export const twoBooks: object = named({
  emma: { value: { title: 'Emma' } },
  persuasion: { value: { title: 'Persuasion' } },
});

/** The path of a book, with what it answers. */
export function showBook(ok: object, more: object = {}): object {
  const parameters = [{ name: 'bookId', in: 'path', required: true, schema: { type: 'integer' } }];
  const responses = { 200: ok, ...more };
  return { '/books/{bookId}': { get: { operationId: 'showBook', security: [], parameters, responses } } };
}

/** An interaction that expects a title. */
export function expectTitle(title: unknown, further: object = {}): object {
  return {
    description: 'a request for a book',
    request: { method: 'GET', path: '/books/5' },
    response: { status: 200, body: { title } },
    ...further,
  };
}

/** Replays interactions on a mock of these paths. */
export async function hold(
  paths: object,
  interactions: readonly object[],
  version: Parameters<typeof makePact>[0] = '3.0.0',
): Promise<Finding[]> {
  return verifyOnMock({ spec: await makeSpec(paths), pacts: [makePact(version, interactions)] }, verifier);
}

/** Renders findings with their place in the pact. */
export function describeAll(findings: readonly Finding[]): string[] {
  return findings.map(({ code, message, at }) => `${at.pointer} ${code} ${message}`);
}
