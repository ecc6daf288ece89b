import { expect, test } from 'vitest';
import { startMock } from '../../scripts/mock/serve.ts';
import { writeSpec } from '../openapi/write-spec.ts';

const mock = await startMock({ specFile: 'tests/mock/fixtures/shop.yaml' });

const ask = async (target: string, init: RequestInit = {}) => {
  const response = await fetch(mock.url + target, init);
  const { status, headers } = response;
  return { status, type: headers.get('content-type'), text: await response.text() };
};

const send = (target: string, type: string, body: string, method = 'POST') =>
  ask(target, { method, body, headers: { 'content-type': type } });

const articles = '[{"id":7,"name":"Lamp"}]';
const xml =
  '<?xml version="1.0" encoding="UTF-8"?>\n<articles><article id="7"><name>Lamp</name></article></articles>';

test.each([
  [undefined, 'application/json', articles],
  ['*/*', 'application/json', articles],
  ['text/html, */*;q=0.1', 'application/json', articles],
  ['text/plain', 'text/plain', articles],
  ['application/xml', 'application/xml', xml],
  ['application/xml;q=0.1, application/json', 'application/json', articles],
  ['application/vnd.shop+json; version=2', 'application/vnd.shop+json; version=2', articles],
])('an Accept of %s gets an object as %s', async (accept, type, text) => {
  const headers: HeadersInit = accept === undefined ? {} : { accept };
  expect(await ask('/articles', { headers })).toEqual({ status: 200, type, text });
});

test('an Accept of nothing that there is gets 406', async () => {
  expect((await ask('/articles', { headers: { accept: 'image/png' } })).status).toBe(406);
});

test.each([
  ['/articles', 200, 'lists that are not sent'],
  ['/articles?filter[name]=a', 200, 'an object that is sent'],
  ['/articles?filter[other]=a', 422, 'an object without what it requires'],
  ['/articles?ids=1&ids=2', 200, 'a list that is sent'],
  ['/articles?ids=a', 422, 'a list of other items'],
  ['/articles/5', 200, 'a number or a text'],
  ['/articles/a,b', 200, 'a text with a comma'],
  ['/articles/a%2Fb', 200, 'a text with a slash'],
  ['/articles/5.png', 200, 'two placeholders in a segment'],
  ['/articles/a.png', 422, 'a placeholder of another type'],
  ['/articles/5.gif', 422, 'a placeholder of another value'],
  ['/tags/', 200, 'a slash at the end of a path'],
  ['/tags', 404, 'no slash where the path has one'],
  ['/colours?sort=asc', 204, 'a member of a list that has it twice'],
  ['/colours?sort=asc&near=1%202', 204, 'a list between blanks'],
  ['/colours?sort=up', 422, 'no member of a list that has one twice'],
  ['/live/v1/colours?sort=asc', 204, 'the base path of a server with variables'],
  ['/test/v1/colours?sort=asc', 204, 'another value of a variable'],
  ['/orders-api/orders', 200, 'the base path of the server of an operation'],
  ['/orders-api/colours?sort=asc', 404, 'the base path of another server'],
])('GET %s gets %i: %s', async (target, status) => {
  expect(await ask(target)).toMatchObject({ status });
});

test('a list in a header is validated where it is sent', async () => {
  expect((await ask('/articles', { headers: { 'x-tags': 'a,b' } })).status).toBe(200);
});

test.each([
  ['ids=1', 204],
  ['ids=1&ids=2', 204],
  ['ids=1&places=a%7Cb', 204],
  ['ids=1&options=%7B%22exact%22%3Atrue%7D', 204],
  ['ids=a&ids=2', 422],
  ['other=1', 422],
])('a form of %s gets %i', async (form, status) => {
  expect(await send('/searches', 'application/x-www-form-urlencoded', form)).toMatchObject({ status });
});

test('several files are taken, and a field that is missing is not', async () => {
  const form = new FormData();
  form.append('title', 'Pictures');
  form.append('files', new Blob(['a']), 'a.png');
  form.append('files', new Blob(['b']), 'b.png');
  expect((await ask('/uploads', { method: 'POST', body: form })).status).toBe(201);
  form.delete('title');
  expect((await ask('/uploads', { method: 'POST', body: form })).status).toBe(422);
});

test.each(['--x', '', 'garbage', '--x\r\n\r\n--x--'])('parts that are none get no 500: %j', async (body) => {
  expect((await send('/uploads', 'multipart/form-data; boundary=x', body)).status).toBe(422);
});

test.each([
  ['application/vnd.shop+json; version=2', '{"id":1}', 200],
  ['application/vnd.shop+json', '{"id":1}', 200],
  ['application/vnd.shop+json', '{"id":"a"}', 422],
  ['application/xml', '<article id="1"/>', 200],
  ['application/xml', '<', 200],
  ['text/csv', 'a', 415],
])('a body in %s of %s gets %i', async (type, body, status) => {
  expect(await send('/articles', type, body)).toMatchObject({ status });
});

test('the only response, default, is a success, and HEAD has no body', async () => {
  expect(await ask('/articles/7')).toMatchObject({ status: 200, text: '{"id":7,"name":"Lamp"}' });
  expect(await ask('/articles/7', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
});

test('an object in a stream is an event', async () => {
  expect(await ask('/tags/')).toEqual({
    status: 200,
    type: 'text/event-stream',
    text: 'data: {"tag":"new"}\n\n',
  });
});

test('operations that their paths do not tell apart are told apart by what the paths say', async () => {
  expect(await ask('/?Action=AddStock', { method: 'POST' })).toMatchObject({ text: '"added"' });
  expect(await ask('/?Action=RemoveStock', { method: 'POST' })).toMatchObject({ text: '"removed"' });
  expect(await ask('/?Action=Other', { method: 'POST' })).toMatchObject({ status: 422 });
});

const order = (article: number, headers: Record<string, string> = {}) =>
  ask('/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ article }),
  });

test.each([
  [1, 201, '"placed"'],
  [2, 409, '"sold out"'],
  [3, 201, '"placed"'],
  [4, 409, '"by its condition"'],
  [5, 201, '"placed"'],
])(
  'a request that equals an example gets the response of its name: article %i gets %i %s',
  async (article, status, text) => {
    expect(await order(article)).toMatchObject({ status, text });
  },
);

test('a preference wins over a pair of examples', async () => {
  expect(await order(2, { prefer: 'code=201' })).toMatchObject({ status: 201 });
});

test('an example is met by all of the values of its name', async () => {
  expect(await ask('/orders?state=open')).toMatchObject({ text: '[1]' });
  expect(await ask('/orders?state=closed')).toMatchObject({ text: '[1]' });
  expect(await ask('/orders?state=closed&page=9')).toMatchObject({ text: '[]' });
});

test('lists and objects in the headers of a response are written, validated, and may be missing', async () => {
  const list = (type: string) => ({ type: 'array', items: { type } });
  const headers = {
    'X-Tags': { schema: list('string'), example: ['a', 'b'] },
    'X-Counts': { schema: list('integer'), example: ['a'] },
    'X-Stock': { schema: { type: 'object' }, example: { lamps: 2, beds: 1 } },
    'X-Further': { schema: list('string') },
    'X-Needed': { required: true, schema: list('string') },
  };
  const get = { responses: { 204: { description: 'Nothing.', headers } } };
  const info = { title: 'Shop', version: '1' };
  const specFile = writeSpec({ openapi: '3.1.0', info, paths: { '/stock': { get } } });
  await using shop = await startMock({ specFile });
  const response = await fetch(`${shop.url}/stock`);
  const sent = ['x-tags', 'x-counts', 'x-stock', 'x-further'].map((name) => response.headers.get(name));
  expect([response.status, ...sent]).toEqual([204, 'a,b', 'a', 'lamps,2,beds,1', null]);
  expect(JSON.parse(response.headers.get('sl-violations') ?? '')).toEqual([
    expect.objectContaining({ message: "Response header must have required property 'x-needed'" }),
    expect.objectContaining({ message: 'Response header parameter x-counts.0 must be integer' }),
  ]);
});
