import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SetupError } from '../../scripts/cli/command.ts';
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

  const nest = (levels: number): unknown => (levels === 0 ? 1 : [nest(levels - 1)]);

  it('finds the line of an interaction', () => {
    const { document } = readText(pactOf(http));
    expect(document?.locate('#/interactions/0/description')).toMatchObject({ line: 10 });
  });

  it('reads a message, which has no request', () => {
    const { document } = readText(pactOf({ type: 'Asynchronous/Messages', description: 'x' }, http));
    expect(document?.pact.interactions).toHaveLength(2);
  });

  it.each(['', '{"interactions": ', '{\n"a": 1,\n}'])('finds that %j is not valid JSON', (text) => {
    expect(readText(text).findings).toMatchObject([
      { code: 'pact.unreadable', message: expect.stringMatching(/^Not valid JSON: /), at: { line: 1 } },
    ]);
  });

  it.each([
    ['null for an interaction', pactOf(http, null), '#/interactions/1 must be object'],
    ['no request', pactOf({ ...http, request: undefined }), '#/interactions/0 has no `request`'],
    ['no path', pactOf({ ...http, request: { method: 'GET' } }), '#/interactions/0/request has no `path`'],
    [
      'a status that is a text',
      pactOf({ ...http, response: { status: '200' } }),
      '#/interactions/0/response/status must be integer',
    ],
    [
      'a header that is an object',
      pactOf({ ...http, request: { ...http.request, headers: { a: {} } } }),
      '#/interactions/0/request/headers/a must be string,number,boolean,null',
    ],
    [
      'a state without a name',
      pactOf({ ...http, providerStates: [{}] }),
      '#/interactions/0/providerStates/0 has no `name`',
    ],
    ['a type that is a number', pactOf({ ...http, type: 4 }), '#/interactions/0/type must be string'],
    [
      'no response, in an interaction whose type has another case',
      pactOf({ ...http, type: 'Synchronous/Http', response: undefined }),
      '#/interactions/0 has no `response`',
    ],
    [
      'a rule of version 2 that is null',
      pactOf({ ...http, response: { status: 200, matchingRules: { '$.body.a': null } } }),
      '#/interactions/0/response/matchingRules/$.body.a must be object',
    ],
    [
      'a rule that is null',
      pactOf({ ...http, request: { ...http.request, matchingRules: { body: { '$.a': null } } } }),
      '#/interactions/0/request/matchingRules/body/$.a must be object',
    ],
    [
      'null for the rules of a part',
      pactOf({ ...http, request: { ...http.request, matchingRules: { header: null } } }),
      '#/interactions/0/request/matchingRules/header must be object',
    ],
    [
      'a matcher that is null',
      pactOf({ ...http, request: { ...http.request, matchingRules: { path: { matchers: [null] } } } }),
      '#/interactions/0/request/matchingRules/path/matchers/0 must be object',
    ],
    [
      'a regular expression that is a number',
      pactOf({
        ...http,
        request: { ...http.request, matchingRules: { path: { matchers: [{ regex: 1 }] } } },
      }),
      '#/interactions/0/request/matchingRules/path/matchers/0/regex must be string',
    ],
    [
      'a body that is nested too deep',
      pactOf({ ...http, response: { status: 200, body: nest(124) } }),
      '#/interactions/0/response/body is nested more than 127 levels deep',
    ],
    [
      'a body that is nested deeper than a stack is',
      pactOf(http).replace('200', `200, "body": ${'['.repeat(100_000)}${']'.repeat(100_000)}`),
      '#/interactions/0/response/body is nested more than 127 levels deep',
    ],
  ])('finds %s where a Pact file has something else, with the place', (_title, text, message) => {
    const { document, findings } = readText(text);
    expect(document).toBeUndefined();
    expect(findings).toMatchObject([
      {
        code: 'pact.unreadable',
        message: `The place ${message}. Expected a Pact file of version 1 to 4.`,
        at: { pointer: message.split(' ')[0] },
      },
    ]);
  });

  it.each([
    ['a list', '[]', 'must be object'],
    ['no consumer', '{"name":"a package"}', 'has no `consumer`'],
  ])('finds that a file is another one: it has %s', (_title, text, reason) => {
    expect(readText(text).findings).toMatchObject([
      {
        code: 'pact.unreadable',
        message: `It ${reason}: this is not a Pact file.`,
        at: { line: 1, pointer: '#' },
      },
    ]);
  });

  it('reads a pact as a library of version 1 writes it', () => {
    const old = {
      provider_state: 'there is a train',
      request: { method: 'get', path: 'trains/7', headers: null, query: null, body: null },
      response: { status: 200, headers: { 'X-Seats': 4, Gone: null }, body: null },
    };
    const { document } = readText(pactOf(old));
    expect(document?.pact.interactions).toEqual([
      {
        description: '',
        providerState: 'there is a train',
        request: { method: 'get', path: '/trains/7', headers: {} },
        response: { status: 200, headers: { 'X-Seats': '4' } },
      },
    ]);
  });

  it('writes the query of version 2 as a text, and leaves that of version 3 as it is', () => {
    const query = { from: ['a b', 'c'], page: 1 };
    const interaction = { ...http, request: { ...http.request, query } };
    const queryOf = (version: string) => {
      const metadata = `, "metadata": { "pactSpecificationVersion": "${version}" } }`;
      return readText(pactOf(interaction).replace(/\}$/, metadata)).document?.pact.interactions[0]?.request
        .query;
    };
    expect(queryOf('2.0.0')).toBe('from=a+b&from=c&page=1');
    expect(queryOf('3.0.0')).toEqual({ from: ['a b', 'c'], page: '1' });
  });

  it.each([
    [
      'no interactions, as of messages alone',
      '{"consumer":{"name":"a"},"provider":{"name":"b"},"messages":[]}',
      [],
    ],
    ['an interaction of a type that there is not', pactOf({ type: 'Carrier/Pigeon' }), ['Carrier/Pigeon']],
    ['a type in another case', pactOf({ ...http, type: 'synchronous/http' }), ['Synchronous/HTTP']],
  ])('reads %s', (_title, text, types) => {
    expect(readText(text).document?.pact.interactions.map(({ type }) => type)).toEqual(types);
  });

  it('finds a body of version 4 whose media type is no text, which is any body before', () => {
    const body = { content: 'x', contentType: 5 };
    const withBody = { ...http, request: { ...http.request, body } };
    const textOf = (version: string) =>
      pactOf(withBody).replace(/\}$/, `, "metadata": { "pactSpecification": { "version": "${version}" } } }`);
    expect(readText(textOf('3.0.0')).findings).toEqual([]);
    expect(readText(textOf('4.0')).findings).toMatchObject([
      { code: 'pact.unreadable', at: { pointer: '#/interactions/0/request/body/contentType' } },
    ]);
  });

  it('reads a body that is nested as deep as Pact reads it', () => {
    expect(readText(pactOf({ ...http, response: { status: 200, body: nest(123) } })).findings).toEqual([]);
  });

  it('throws when there is no such file, and says what to name', () => {
    expect(() => readPact('tests/nowhere.json')).toThrow(SetupError);
    expect(() => readPact('tests/nowhere.json')).toThrow(/Name a Pact file, or a folder of them\.$/);
  });
});
