import { describe, expect, it } from 'vitest';
import { failureOf, serveRailway } from './railway.ts';

const railway = serveRailway();
const seat = { coach: 'A/1', row: 7, window: undefined };

describe('parameters of the query', () => {
  it.each([
    [{ each: [3, 4] }, 'each=3&each=4'],
    [{ commas: [3, 4] }, 'commas=3,4'],
    [{ bars: ['a b', 'c|d'] }, 'bars=a%20b%7Cc%7Cd'],
    [{ spaces: ['a', 'b'] }, 'spaces=a%20b'],
    [{ names: ['a,b', 'c&d', null] }, 'names=a%2Cb,c%26d'],
    [{ each: [], commas: [], bars: undefined }, undefined],
  ])('writes the lists %j as the spec says', async (query, sent) => {
    const { body } = await railway.call('queryLists', { query });
    expect(body.url.split('?')[1]).toBe(sent);
  });

  it.each([
    [{ form: seat }, 'coach=A%2F1&row=7'],
    [{ flat: seat }, 'flat=coach,A%2F1,row,7'],
    [{ bars: seat }, 'bars=coach%7CA%2F1%7Crow%7C7'],
    [{ deep: { line: 'x y', seat } }, 'deep[line]=x%20y&deep[seat][coach]=A%2F1&deep[seat][row]=7'],
    [
      { deep: { stops: ['a', 'b'], seats: [seat] } },
      'deep[stops][0]=a&deep[stops][1]=b&deep[seats][0][coach]=A%2F1&deep[seats][0][row]=7',
    ],
    [{ where: { seat } }, `where=${encodeURIComponent('{"seat":{"coach":"A/1","row":7}}')}`],
  ])('writes the objects %j as the spec says', async (query, sent) => {
    const { body } = await railway.call('queryObjects', { query });
    expect(body.url.split('?')[1]).toBe(sent);
  });

  it.each([{ form: { coach: { letter: 'secret' } } }, { flat: { coach: ['secret'] } }])(
    'refuses %j, which is nested deeper than its style can carry',
    async (query) => {
      const error = await failureOf(railway.call('queryObjects', { query }));
      expect(error).toMatchObject({ name: 'UrlError', parameter: Object.keys(query)[0] });
      expect(error.message).not.toContain('secret');
    },
  );

  it('leaves reserved characters alone where the spec allows them, but none that would end the value', async () => {
    const value = "/a:b?c=d@e!$'()*,;%2F%zz&x#[é]+ ";
    const { body } = await railway.call('queryValues', { query: { reserved: value, plain: '/:&' } });
    // The quote is encoded by the URL itself: https://url.spec.whatwg.org/#special-query-percent-encode-set
    expect(body.url.split('?').slice(1).join('?')).toBe(
      'reserved=/a:b?c=d@e!$%27()*,;%2F%25zz%26x%23%5B%C3%A9%5D%2B%20&plain=%2F%3A%26',
    );
  });

  it('sends a boolean as a word, and leaves null out', async () => {
    const { body } = await railway.call('queryValues', { query: { wifi: false, none: null } });
    expect(body.url).toBe('/v2/query/values?wifi=false');
  });

  it('lets no name begin a parameter of its own', async () => {
    const query = { 'odd name&=': 'x', $top: 5, constructor: 'y' };
    const { body } = await railway.call('queryValues', { query });
    expect(body.url.split('?')[1]).toBe('odd%20name%26%3D=x&constructor=y&$top=5');
    const { body: without } = await railway.call('queryValues', { query: { $top: 5 } });
    expect(without.url.split('?')[1], 'an object has a constructor of its own').toBe('$top=5');
  });
});

describe('parameters of the path', () => {
  const names = ['a/b', 'c d'];

  it('writes them in the style simple', async () => {
    const path = { list: names, object: seat, exploded: seat };
    const { body } = await railway.call('pathSimple', { path });
    expect(body.url).toBe('/v2/path/a%2Fb,c%20d/coach,A%2F1,row,7/coach=A%2F1,row=7');
  });

  it('writes them in the style label', async () => {
    const path = { value: 5, list: names, exploded: names, object: seat };
    const { body } = await railway.call('pathLabel', { path });
    expect(body.url).toBe('/v2/label/.5.a%2Fb,c%20d.a%2Fb.c%20d.coach=A%2F1.row=7');
  });

  it('writes them in the style matrix', async () => {
    const path = { value: 5, list: names, exploded: names, object: seat };
    const { body } = await railway.call('pathMatrix', { path });
    expect(body.url).toBe(
      '/v2/matrix/x;value=5;list=a%2Fb,c%20d;exploded=a%2Fb;exploded=c%20d;coach=A%2F1;row=7',
    );
  });

  it.each([{ list: [] }, { object: {} }, { list: undefined }, { list: null }])(
    'refuses %j, which leaves its segment empty',
    async (part) => {
      const path = { list: ['a'], object: seat, exploded: seat, ...part };
      const error = await failureOf(railway.call('pathSimple', { path }));
      expect(error).toMatchObject({ name: 'UrlError', parameter: Object.keys(part)[0] });
    },
  );
});

describe('headers and cookies', () => {
  it('writes lists, objects and JSON into headers', async () => {
    const header = { 'X-List': ['a', 'b'], 'X-Seat': seat, 'X-Exploded': seat, 'X-Json': seat };
    const { body } = await railway.call('headers', { header });
    expect(body.headers).toMatchObject({
      'x-list': 'a, b',
      'x-seat': 'coach,A/1,row,7',
      'x-exploded': 'coach=A/1,row=7',
      'x-json': '{"coach":"A/1","row":7}',
    });
  });

  it('lets no value begin a header of its own', async () => {
    const header = { 'X-Seat': { coach: 'secret\r\nX-Evil: 1' } };
    const error = await failureOf(railway.call('headers', { header }));
    expect(error).toMatchObject({ name: 'TypeError' });
    expect(error.message).toMatch(/X-Seat/);
    expect(error.message).not.toContain('secret');
  });

  it('sends cookies, and lets no value begin another one', async () => {
    const cookie = { theme: 'dark; admin=1', lines: ['U1', 'U,2'], seats: ['1', '2'] };
    const { body } = await railway.call('cookies', { cookie });
    expect(body.headers.cookie).toBe('theme=dark%3B%20admin=1; lines=U1; lines=U%2C2; seats=1,2');
  });

  it('sends none where none is given', async () => {
    const { body } = await railway.call('cookies');
    expect(body.headers).not.toHaveProperty('cookie');
  });

  it('says what to do in a browser, which lets no script send cookies', async () => {
    const { Request: Engine } = globalThis;
    globalThis.Request = class extends Engine {
      constructor(input: string | URL | Request, init?: RequestInit) {
        super(input, init);
        this.headers.delete('Cookie');
      }
    };
    try {
      const error = await failureOf(railway.call('cookies', { cookie: { theme: 'secret' } }));
      expect(error.message).toMatch(/^GET \/cookies takes cookies, .*document\.cookie/);
      expect(error.message).not.toContain('secret');
      const own = { fetch: (url: string, init: RequestInit) => fetch(url, init) };
      const { body } = await railway.call('cookies', { cookie: { theme: 'dark' } }, own);
      expect(body.headers.cookie).toBe('theme=dark');
    } finally {
      globalThis.Request = Engine;
    }
  });
});

describe('names of functions', () => {
  it.each([
    ['getStation', 'PUT'],
    ['getStation_2', 'GET'],
    ['get_station', 'POST'],
    ['deleteOperation', 'DELETE'],
    ['patchNamesId', 'PATCH'],
  ])('calls the operation behind %s', async (name, method) => {
    const { body } = await railway.call(name, { path: { id: 'x' } });
    expect(body).toMatchObject({ method, url: '/v2/names/x' });
  });

  it.each([
    ['protoOperation', 'GET'],
    ['constructorOperation', 'PUT'],
    ['thenOperation', 'POST'],
    ['größeM', 'DELETE'],
  ])('gives %s a name that JavaScript has no other use for', async (name, method) => {
    const { body } = await railway.call(name);
    expect(body).toMatchObject({ method, url: '/v2/names' });
  });

  it('can be awaited, like any client', async () => {
    expect(await railway.connect()).toHaveProperty('getStation');
  });
});
