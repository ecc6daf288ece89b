import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, RequestProblem } from '../../http/message.ts';
import { ownFolder } from '../../http/server.ts';
import { type World, type Worlds, worldsFolder } from './worlds.ts';

/** The header that names the world of a request. The URL wins over it. */
const worldHeader = 'x-mock-world';
/** The cookie that names the world of a request. The URL and the header win over it. */
const worldCookie = 'mock-world';

/** Three ways to send a request to a world. Each works alone. */
export interface WorldKeys {
  id: string;
  /** The purpose of the world, such as the title of a test. Missing where none was given. */
  name?: string;
  /** The base URL of the API in this world, without a trailing slash. Its console is at `/__mock__/` below. */
  url: string;
  /** Send these with requests to the mock's own URL. */
  headers: Record<string, string>;
  /** Set this in a browser that calls the mock's own URL. `addCookies` of Playwright takes it as it is. */
  cookie: { name: string; value: string; url: string };
}

/**
 * Lists the ways to send a request to a world.
 *
 * @param mockUrl without a trailing slash
 */
export function listKeys({ id, name, path }: World, mockUrl: string): WorldKeys {
  return {
    id,
    ...(name === undefined ? {} : { name }),
    url: mockUrl + path,
    headers: { [worldHeader]: id },
    cookie: { name: worldCookie, value: id, url: mockUrl },
  };
}

/**
 * Sets the cookie of a world in a browser, and leads it to the console.
 *
 * @param id of the world. An empty text removes the cookie.
 */
export function setCookie(id: string): Answer {
  // With "Lax", pages of the same host send it, whatever their port. Pages of other sites do not.
  const attributes = `Path=/; HttpOnly; SameSite=Lax${id === '' ? '; Max-Age=0' : ''}`;
  const cookie = `${worldCookie}=${id}; ${attributes}`;
  return { status: 302, headers: { location: ownFolder, 'set-cookie': cookie }, body: '' };
}

/** The world that a request names, and the request without that name. */
export interface Address {
  /** Missing where it names none. */
  id?: string;
  by?: 'url' | 'header' | 'cookie' | undefined;
  target: string;
  headers: IncomingHttpHeaders;
}

/**
 * Reads which world a request names: in its URL, else in its header, else in its cookie. Takes that name out of the
 * request, so that the same request has the same remembered answer in all worlds.
 */
export function readAddress(target: string, headers: IncomingHttpHeaders): Address {
  const named = readHeaders(target, headers);
  // RFC 9112, section 3.2.2: a client that takes the mock for a proxy sends the whole URL.
  const path = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?#]*/i, '');
  if (!path.startsWith(worldsFolder)) {
    return named;
  }
  const [id = ''] = path.slice(worldsFolder.length).split(/[/?#]/, 1);
  const rest = path.slice(worldsFolder.length + id.length);
  return { id, by: 'url', target: rest.startsWith('/') ? rest : `/${rest}`, headers: named.headers };
}

const cookiePattern = new RegExp(`(?:^|;) *${worldCookie}=([^;]*)`);

function readHeaders(target: string, headers: IncomingHttpHeaders): Address {
  if (headers[worldHeader] === undefined && !headers.cookie?.includes(`${worldCookie}=`)) {
    return { target, headers };
  }
  const { [worldHeader]: inHeader, cookie, ...others } = headers;
  const inCookie = cookiePattern.exec(cookie ?? '')?.[1];
  const cookies = cookie?.replace(cookiePattern, '').replace(/^; */, '') ?? '';
  const left = { ...others, ...(cookies === '' ? {} : { cookie: cookies }) };
  if (inHeader !== undefined) {
    return { id: String(inHeader), by: 'header', target, headers: left };
  }
  return inCookie === undefined ? { target, headers } : { id: inCookie, by: 'cookie', target, headers: left };
}

/**
 * Finds the world of a request.
 *
 * @throws {RequestProblem} 404 for a world that does not exist: the mock must not respond with the state of another
 */
export function findWorld(worlds: Worlds, { id, by, target }: Address): World {
  const world = id === undefined ? worlds.common : worlds.use(id);
  if (world === undefined && target === leavePath) {
    return worlds.common;
  }
  if (world === undefined) {
    const place = {
      url: 'the URL',
      header: `the header ${worldHeader}`,
      cookie: `the cookie ${worldCookie}`,
    };
    throw new RequestProblem(
      404,
      `The mock has no world ${JSON.stringify(id)}, which ${place[by ?? 'url']} names. ` +
        'It was disposed of, nobody used it for an hour, or the mock was restarted. ' +
        `Make a world with POST ${ownFolder}worlds, or with world() in code. ` +
        (by === 'cookie' ? `Open ${leavePath} to remove the cookie.` : 'Name none to use the mock itself.'),
    );
  }
  return world;
}

/** Where a browser removes its cookie. It works for a world that does not exist, too. */
const leavePath: string = `${ownFolder}leave`;

/**
 * Keeps a client in the world whose URL it has called: redirects to the mock stay in that world, and its cookies are
 * sent to that world only.
 *
 * @param path of the world
 * @param host that the client knows the mock by
 */
export function keepInside(answer: Answer, path: string, host = ''): Answer {
  const { location, 'content-location': contentLocation, 'set-cookie': cookie } = answer.headers;
  if (location === undefined && contentLocation === undefined && cookie === undefined) {
    return answer;
  }
  const lead = (led: string): string => leadInside(led, path, host);
  const headers = {
    ...answer.headers,
    ...(location === undefined ? {} : { location: lead(location) }),
    ...(contentLocation === undefined ? {} : { 'content-location': lead(contentLocation) }),
    ...(cookie === undefined ? {} : { 'set-cookie': cookie.replace(/(; *path=)(?=\/)/i, `$1${path}`) }),
  };
  return { ...answer, headers };
}

function leadInside(location: string, path: string, host: string): string {
  if (location.startsWith(`${path}/`)) {
    return location;
  }
  // A plain path needs no parsing. Browsers take "//", "/\\" and "/<TAB>/" for the beginning of another host.
  if (/^\/(?![/\\\s])/.test(location)) {
    return path + location;
  }
  const own = URL.parse(`http://${host}/`);
  const led = URL.parse(location, own?.href);
  if (own === null || led?.host !== own.host || led.pathname.startsWith(`${path}/`)) {
    return location;
  }
  // Changes the text, so that all else of it stays the same. A relative path stays inside by itself.
  return location.replace(/^(?:https?:)?\/\/[^/?#]*|^(?=\/)/i, (origin) => origin + path);
}
