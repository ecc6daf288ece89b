import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContractMatchers, type OperationChoice } from '../../scripts/matchers.ts';
import { createSender } from '../../src/runtime/index.ts';

const specFile = fileURLToPath(new URL('trains.yaml', import.meta.url));
expect.extend(createContractMatchers({ specFile }));

const train = { id: 7, kind: 'express', comment: 'on time' };
const json = { 'content-type': 'application/json' };
const answers: Record<string, [status: number, headers: Record<string, string>, body: string]> = {
  '/v1/trains/7': [200, { ...json, 'x-seats-left': '12' }, JSON.stringify(train)],
  '/trains/7': [200, { ...json, 'x-seats-left': '12' }, JSON.stringify(train)],
  '/other/trains/7': [200, { ...json, 'x-seats-left': '12' }, JSON.stringify(train)],
  '/stations': [200, json, '["Ulm","Salzburg-West"]'],
};

let origin = '';
const server = createServer(({ url = '' }, response) => {
  const [status, headers, body] = answers[url] ?? [404, {}, ''];
  response.writeHead(status, headers).end(body);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** A response of `getTrain`, which is right unless it is changed. */
const trainAnswer = (changed: { status?: number; headers?: object; body?: unknown } = {}) => ({
  status: 200,
  headers: { ...json, 'x-seats-left': '12', ...changed.headers },
  body: 'body' in changed ? changed.body : train,
  ...('status' in changed ? { status: changed.status } : {}),
});

/** What a failed assertion says. */
const explain = async (received: unknown, operation?: OperationChoice) => {
  const failed = await expect(received)
    .toMatchContract(operation)
    .then(
      () => new Error('It matches.'),
      (error: Error) => error,
    );
  return failed.message;
};

describe('a response that is as the document says', () => {
  it('matches, and its body is left to be read', async () => {
    const response = await fetch(`${origin}/trains/7`);
    await expect(response).toMatchContract('getTrain');
    expect(await response.json()).toEqual(train);
  });

  it.each(['/trains/7', '/v1/trains/7'])('is found by the URL %s and a method', async (path) => {
    await expect(await fetch(origin + path)).toMatchContract({ method: 'GET' });
  });

  it('is found by a path of the document, and by one as it was called', async () => {
    await expect(trainAnswer()).toMatchContract({ method: 'get', path: '/trains/{id}' });
    await expect(trainAnswer()).toMatchContract({ method: 'GET', path: '/v1/trains/7?seats=2' });
  });

  it('is found under the base URL alone, where there is one', async () => {
    const { toMatchContract } = createContractMatchers({ specFile, baseUrl: `${origin}/other/` });
    const check = async (path: string) =>
      (await toMatchContract(await fetch(origin + path), { method: 'GET' })).pass;
    expect(await check('/other/trains/7')).toBe(true);
    expect(await check('/trains/7')).toBe(false);
  });

  it('fails an assertion that it does not match', async () => {
    await expect(expect(trainAnswer()).not.toMatchContract('getTrain')).rejects.toThrow(
      'Expected the response not to match the contract',
    );
  });

  it('needs no property that is writeOnly, and may be of another documented media type', async () => {
    await expect(trainAnswer({ body: { ...train, boarding_code: 'x' } })).toMatchContract('getTrain');
    await expect(trainAnswer({ headers: { 'content-type': 'text/csv' }, body: '7;express' })).toMatchContract(
      'getTrain',
    );
  });

  it('may have no body where the status has none', async () => {
    await expect({ status: 204, headers: {}, body: undefined }).toMatchContract('cancelTrain');
  });

  it('may have a status of a documented range', async () => {
    const problem = { 'content-type': 'application/problem+json' };
    await expect({ status: 409, headers: problem, body: { title: 'Gone' } }).toMatchContract('cancelTrain');
  });
});

describe('the message of a response that is not', () => {
  it('names the operation, pointer, found and expected, and the rule with its line', async () => {
    const message = await explain(trainAnswer({ body: { ...train, id: 'seven' } }), 'getTrain');
    expect(message).toMatch(/^Expected the response to match the contract .*trains\.yaml\.$/m);
    expect(message).toContain('GET /trains/{id} (getTrain) returned 200:\n');
    expect(message).toContain('- body/id: found a string of 5 characters, expected it to be integer\n');
    expect(message).toMatch(
      /^ {2}rule #\/components\/schemas\/Train\/properties\/id\/type \(.*trains\.yaml:59:\d+\)$/m,
    );
  });

  it('lists all that is wrong', async () => {
    const message = await explain(
      trainAnswer({ body: { id: 7, kind: 'slow', extra: 1 }, headers: { 'x-seats-left': '-3' } }),
      'getTrain',
    );
    for (const line of [
      'header X-Seats-Left: found -3, expected it to be >= 0',
      'body/comment: found nothing, expected it to be present',
      'body/extra: found 1, expected no such property',
      'body/kind: found a string of 4 characters, expected it to be one of "express", "local"',
    ]) {
      expect(message).toContain(`- ${line}\n`);
    }
  });

  it.each([
    [
      'an undocumented status',
      trainAnswer({ status: 500 }),
      'status: found 500, expected a documented one: 200, 404',
    ],
    [
      'a missing header',
      trainAnswer({ headers: { 'x-seats-left': undefined } }),
      'header X-Seats-Left: found nothing, expected it to be present',
    ],
    [
      'a header of a list',
      trainAnswer({ headers: { 'x-stops': 'Ulm, Paris' } }),
      'header X-Stops/1: found a string of 5 characters, expected it to be one of "Ulm", "Graz"',
    ],
    [
      'a media type',
      trainAnswer({ headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<p>' }),
      'header Content-Type: found text/html, expected application/json or text/csv',
    ],
    [
      'JSON that does not parse',
      trainAnswer({ body: '{"id":7' }),
      'body: found a string of 7 characters, expected valid JSON',
    ],
    [
      'a body that is not there',
      { status: 404, headers: {}, body: undefined },
      'body: found nothing, expected application/problem+json',
    ],
  ])('names %s', async (_, received, line) => {
    expect(await explain(received, 'getTrain')).toContain(`- ${line}\n`);
  });

  it('names a path and a method that the document does not have', async () => {
    const { status, headers, body } = trainAnswer();
    const of = (method: string, url: string) => explain({ status, headers, body, request: { method, url } });
    expect(await of('GET', '/buses/secret-7')).toContain('- the document has no such path');
    expect(await of('PUT', '/trains/7')).toContain('- the document has no PUT of /trains/{id}');
    expect(await of('GET', '/buses/secret-7')).not.toContain('secret-7');
  });

  it('has no text of the response in it, and no number under the name of a secret', async () => {
    const message = await explain(
      { status: 200, headers: json, body: { access_token: 's3cret-t0ken', pin: 'x', password: 1 } },
      'signIn',
    );
    expect(message).toContain('body/access_token: found a string of 12 characters');
    expect(message).not.toContain('s3cret');
    const pin = await explain(
      { status: 200, headers: json, body: { access_token: 90210, pin: 'x' } },
      'signIn',
    );
    expect(pin).toContain('body/access_token: found a number, expected it to be string');
  });

  it('points into the operation where the schema stands there', async () => {
    const message = await explain(await fetch(`${origin}/stations`));
    expect(message).toContain(
      '- body/1: found a string of 13 characters, expected it to NOT have more than 8',
    );
    expect(message).toContain(
      'rule #/paths/~1stations/get/responses/200/content/application~1json/schema/items/maxLength (',
    );
  });

  it('is short where all of a long list is wrong', async () => {
    const body = Array.from({ length: 50 }, () => 1);
    const message = await explain({ status: 200, headers: json, body }, 'listStations');
    expect(message).toContain('- and 30 more');
    expect(message.match(/^- body\//gm)).toHaveLength(20);
  });
});

describe('what clients give', () => {
  it('is read as supertest has it: the text, and the method and URL of the request', async () => {
    const received = (text: string) => ({
      status: 200,
      headers: { ...json, 'x-seats-left': '12' },
      text,
      body: {},
      request: { method: 'GET', url: `${origin}/trains/7` },
    });
    await expect(received(JSON.stringify(train))).toMatchContract();
    await expect(received('{"id":7}')).not.toMatchContract();
  });

  it('is read as axios has it', async () => {
    const received = (data: unknown) => ({
      status: 200,
      headers: { ...json, 'x-seats-left': '12' },
      data,
      config: { method: 'get', url: '/trains/7', baseURL: `${origin}/v1` },
      request: { method: 'GET', path: '/v1/trains/7' },
    });
    await expect(received(train)).toMatchContract();
    await expect(received({ id: 7 })).not.toMatchContract();
  });

  it('is read as inject of a server has it', async () => {
    const received = (payload: string) => ({
      statusCode: 200,
      headers: { ...json, 'x-seats-left': 12 },
      body: payload,
      payload,
      raw: { req: { method: 'GET', url: '/trains/7' } },
    });
    await expect(received(JSON.stringify(train))).toMatchContract();
    await expect(received('{}')).not.toMatchContract();
  });

  it('is read as a generated client has it, whose response has no body left', async () => {
    const operations = {
      listStations: {
        method: 'GET',
        path: '/stations',
        public: true,
        responses: { '200': 'json' },
        query: [],
      },
    } as const;
    const send = createSender(operations, { baseUrl: origin });
    const result = await send<{ status: number; body: string[]; response: Response }>('listStations');
    await expect(result).not.toMatchContract();
    await expect({ ...result, body: ['Ulm'] }).toMatchContract();
    // As openapi-fetch has it.
    await expect({ data: ['Ulm'], response: result.response }).toMatchContract('listStations');
    await expect({ data: [7], response: result.response }).not.toMatchContract('listStations');
  });
});

describe('an assertion that can check nothing fails, also where it is negated', () => {
  const without = { status: 200, headers: json, body: train };

  it.each([
    [
      'an operation that is not there',
      () => expect(without).not.toMatchContract('getTrian' as 'getTrain'),
      /There is no operation "getTrian" in .*Choose from: getTrain, cancelTrain, /,
    ],
    ['no URL', () => expect(without).not.toMatchContract(), 'does not say which URL it is of'],
    ['no response', () => expect(undefined).not.toMatchContract('getTrain'), 'Is there an await missing?'],
  ])('for %s', async (_, assert, message) => {
    await expect(assert()).rejects.toThrow(message);
  });

  it('for a path of several methods without one', async () => {
    const response = await fetch(`${origin}/trains/7`);
    await expect(expect(response).not.toMatchContract()).rejects.toThrow(
      'does not say whether it is of GET or DELETE /trains/{id}: name the operation',
    );
  });

  it('for a body that was read', async () => {
    const response = await fetch(`${origin}/trains/7`);
    await response.text();
    await expect(expect(response).not.toMatchContract('getTrain')).rejects.toThrow('was read already');
  });

  it('for a document that is not there', async () => {
    const { toMatchContract } = createContractMatchers({ specFile: 'no-such.yaml' });
    await expect(toMatchContract(trainAnswer(), 'getTrain')).rejects.toThrow(
      'Cannot read the spec no-such.yaml',
    );
  });
});
