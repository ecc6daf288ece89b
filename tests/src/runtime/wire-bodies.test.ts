import { Blob as NodeBlob } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { type Echo, failureOf, serveRailway } from './railway.ts';

const railway = serveRailway();
const seat = { coach: 'A', row: 7 };

/** Splits what was sent as parts, as any server does that follows RFC 7578. */
function readParts({ headers, body }: Echo): { head: string; content: string }[] {
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(headers['content-type'] ?? '')?.[1] ?? '';
  const [before, ...parts] = body.split(`--${boundary}`);
  expect([before, parts.pop()]).toEqual(['', '--\r\n']);
  return parts.map((part) => {
    const [head = '', content = ''] = part.slice(2, -2).split(/\r\n\r\n(.*)/s);
    return { head, content };
  });
}

describe('forms', () => {
  it('repeats the name of a list, writes objects as JSON, and leaves null out', async () => {
    const sent = { id: 5, note: null, stops: ['a&b', 'c d'], seat, seats: [seat], extra: undefined };
    const { body } = await railway.call('sendForm', { body: sent });
    expect(body.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(body.body).toBe(
      'id=5&stops=a%26b&stops=c+d&seat=%7B%22coach%22%3A%22A%22%2C%22row%22%3A7%7D&seats=%7B%22coach%22%3A%22A%22%2C%22row%22%3A7%7D',
    );
  });

  it('writes fields in the style that the spec has for them', async () => {
    const sent = { id: 5, stops: ['a', 'b c'], seat, filter: { seat, stops: ['x'] }, extra: ['y', 'z'] };
    const { body } = await railway.call('sendStyledForm', { body: sent });
    expect([...new URLSearchParams(body.body)]).toEqual([
      ['id', '5'],
      ['stops', 'a,b c'],
      ['seat[coach]', 'A'],
      ['seat[row]', '7'],
      ['filter[seat][coach]', 'A'],
      ['filter[seat][row]', '7'],
      ['filter[stops][0]', 'x'],
      ['extra', '["y","z"]'],
    ]);
  });

  it('takes a form that is ready', async () => {
    const { body } = await railway.call('sendForm', { body: new URLSearchParams({ id: '5' }) });
    expect(body).toMatchObject({
      body: 'id=5',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  });
});

describe('multipart', () => {
  it('sends several files, lists, JSON and text, each with its media type', async () => {
    const parts = {
      title: 'Überfahrt',
      photos: [
        new File(['\x89PNG\r\n--'], 'a"\r\nX: 1.png', { type: 'image/png' }),
        new Blob(['gif'], { type: 'image/gif' }),
      ],
      seat,
      tags: ['x', 'y'],
      note: '*hi*',
      timetable: new File(['a;b'], 'table.txt', { type: 'text/plain' }),
      cover: new File(['jpg'], 'cover.jpg', { type: 'image/jpeg' }),
    };
    const { body } = await railway.call('sendParts', { body: parts });
    const part = (disposition: string, content: string, type?: string) => ({
      head: `Content-Disposition: form-data; ${disposition}${type === undefined ? '' : `\r\nContent-Type: ${type}`}`,
      content,
    });
    expect(readParts(body)).toEqual([
      part('name="title"', Buffer.from('Überfahrt').toString('latin1')),
      part('name="photos"; filename="a%22%0D%0AX: 1.png"', '\xc2\x89PNG\r\n--', 'image/png'),
      part('name="photos"; filename="blob"', 'gif', 'image/gif'),
      part('name="seat"', '{"coach":"A","row":7}', 'application/json'),
      part('name="tags"', 'x'),
      part('name="tags"', 'y'),
      part('name="note"', '*hi*', 'text/markdown'),
      part('name="timetable"; filename="table.txt"', 'a;b', 'text/csv'),
      part('name="cover"; filename="cover.jpg"', 'jpg', 'image/jpeg'),
    ]);
  });

  it('is read by the engine as it was meant', async () => {
    const parts = { title: 'x', photos: [new File(['abc'], 'a.png', { type: 'image/png' })], note: null };
    const { body } = await railway.call('sendParts', { body: parts });
    const form = await new Response(Buffer.from(body.body, 'latin1'), { headers: body.headers }).formData();
    expect([...form.keys()]).toEqual(['title', 'photos']);
    const photo = form.get('photos') as File;
    expect([photo.name, photo.type, await photo.text()]).toEqual(['a.png', 'image/png', 'abc']);
  });

  it('takes a FormData that is ready', async () => {
    const form = new FormData();
    form.append('title', 'x');
    form.append('photos', new Blob(['gif'], { type: 'image/gif' }), 'b.gif');
    const { body } = await railway.call('sendParts', { body: form });
    expect(body.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(body.body).toMatch(/name="title".*name="photos"; filename="b.gif".*gif/s);
  });

  it('has a boundary that no two bodies share', async () => {
    const send = async () =>
      (await railway.call('sendParts', { body: { title: 'x', photos: [] } })).body.headers['content-type'];
    expect(await send()).not.toBe(await send());
  });
});

describe('bodies of other media types', () => {
  it.each([
    ['a Blob', () => new Blob(['\x01\x02'])],
    ['a Blob of Node.js', () => new NodeBlob(['\x01\x02'])],
    ['bytes', () => new Uint8Array([1, 2])],
    ['a buffer', () => new Uint8Array([1, 2]).buffer],
    ['a stream', () => new Blob(['\x01\x02']).stream()],
  ])('sends %s as it is', async (_, make) => {
    const { body } = await railway.call('sendBytes', { body: make() });
    expect(body).toMatchObject({
      body: '\x01\x02',
      headers: { 'content-type': 'application/octet-stream' },
    });
  });

  it.each([
    [new Blob(['x'], { type: 'image/png' }), undefined, 'image/png'],
    [new Uint8Array([120]), 'image/webp', 'image/webp'],
    [new Uint8Array([120]), undefined, 'application/octet-stream'],
  ])('names the type of an image that may be any', async (image, contentType, sent) => {
    const { body } = await railway.call('sendImage', { body: image, contentType });
    expect(body).toMatchObject({ body: 'x', headers: { 'content-type': sent } });
  });

  it.each([
    ['sendText', 'a "b"', 'text/plain'],
    ['sendXml', '<seat row="7"/>', 'application/xml'],
    ['sendLines', '{"a":1}\n{"b":2}\n', 'application/x-ndjson'],
  ])('%s sends text as it is', async (name, text, mediaType) => {
    const { body } = await railway.call(name, { body: text });
    expect(body).toMatchObject({ body: text, headers: { 'content-type': mediaType } });
  });

  it('refuses to make XML of an object', async () => {
    const error = await failureOf(railway.call('sendXml', { body: { secret: 'x' } }));
    expect(error).toMatchObject({
      name: 'TypeError',
      message: 'Cannot write an object as application/xml: give the body as a string.',
    });
  });

  it.each([
    [{ body: seat }, 'application/json', '{"coach":"A","row":7}'],
    [{ body: seat, contentType: 'application/json' }, 'application/json', '{"coach":"A","row":7}'],
    [{ body: 'a;b', contentType: 'text/csv' }, 'text/csv', 'a;b'],
  ])('sends %j in the media type that the call chooses', async (input, mediaType, sent) => {
    const { body } = await railway.call('sendAny', input);
    expect(body).toMatchObject({ body: sent, headers: { 'content-type': mediaType } });
  });

  it('sends parts where the call chooses them', async () => {
    const input = { contentType: 'multipart/form-data', body: { file: new Blob(['x']) } };
    const { body } = await railway.call('sendAny', input);
    expect(readParts(body)).toEqual([
      {
        head: 'Content-Disposition: form-data; name="file"; filename="blob"\r\nContent-Type: application/octet-stream',
        content: 'x',
      },
    ]);
  });

  it('says that fetch sends no body with GET, and sends it by a fetch that does', async () => {
    const input = { body: { line: 'x' } };
    const error = await failureOf(railway.call('searchWithBody', input));
    expect(error).toMatchObject({ name: 'TypeError' });
    expect(error.message).toMatch(/^fetch sends no body with GET: leave it out/);
    const seen: RequestInit[] = [];
    const own = async (_: string, init: RequestInit) => {
      seen.push(init);
      return Response.json({});
    };
    await railway.call('searchWithBody', input, { fetch: own });
    expect(seen).toMatchObject([{ method: 'GET', body: '{"line":"x"}' }]);
    expect((await railway.call('searchWithBody')).body.method, 'without a body').toBe('GET');
  });
});
