import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SetupError } from '../../scripts/command.ts';
import { readPact } from '../../scripts/pact/read-pact.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const readText = (text: string) => {
  const file = join(makeTemporaryFolder(), 'pact.json');
  writeFileSync(file, text);
  return readPact(file);
};

describe('readPact', () => {
  const http = { description: 'x', request: { method: 'GET', path: '/a' }, response: { status: 200 } };
  const pactOf = (...interactions: unknown[]) =>
    JSON.stringify({ consumer: { name: 'a' }, provider: { name: 'b' }, interactions }, null, 2);

  it('finds the line of an interaction', () => {
    const { document } = readText(pactOf(http));
    expect(document?.locate('#/interactions/0/description')).toMatchObject({ line: 10 });
  });

  it('reads a message, which has no request', () => {
    const { document } = readText(pactOf({ type: 'Asynchronous/Messages', description: 'x' }, http));
    expect(document?.pact.interactions).toHaveLength(2);
  });

  it.each(['', '{"interactions": ', '{\n"a": 1,\n}'])('finds that %j is no JSON', (text) => {
    expect(readText(text).findings).toMatchObject([
      { code: 'pact.unreadable', message: expect.stringContaining('No JSON'), at: { line: 1 } },
    ]);
  });

  it.each([
    ['a list', '[]', '# must be object'],
    [
      'no interactions',
      '{"consumer":{"name":"a"},"provider":{"name":"b"}}',
      "# must have required property 'interactions'",
    ],
    [
      'no provider',
      '{"consumer":{"name":"a"},"interactions":[]}',
      "# must have required property 'provider'",
    ],
    ['null for an interaction', pactOf(http, null), '#/interactions/1 must be object'],
    [
      'no request',
      pactOf({ ...http, request: undefined }),
      "#/interactions/0 must have required property 'request'",
    ],
    [
      'no path',
      pactOf({ ...http, request: { method: 'GET' } }),
      "#/interactions/0/request must have required property 'path'",
    ],
    [
      'a status that is a text',
      pactOf({ ...http, response: { status: '200' } }),
      '#/interactions/0/response/status must be integer',
    ],
    [
      'a header that is a number',
      pactOf({ ...http, request: { ...http.request, headers: { a: 1 } } }),
      '#/interactions/0/request/headers/a must be string',
    ],
    [
      'a state without a name',
      pactOf({ ...http, providerStates: [{}] }),
      "#/interactions/0/providerStates/0 must have required property 'name'",
    ],
  ])('finds %s where a Pact file has something else, with the place', (_title, text, message) => {
    const { document, findings } = readText(text);
    expect(document).toBeUndefined();
    expect(findings).toMatchObject([
      {
        code: 'pact.unreadable',
        message: `The place ${message}. Expected a Pact file of version 2, 3 or 4.`,
        at: { line: expect.any(Number), pointer: message.split(' ')[0] },
      },
    ]);
  });

  it('throws when there is no such file, and says what writes it', () => {
    expect(() => readPact('tests/nowhere.json')).toThrow(SetupError);
    expect(() => readPact('tests/nowhere.json')).toThrow(/npm run contract/);
  });
});
