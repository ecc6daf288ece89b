import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, RequestProblem } from '../../http/message.ts';
import { ownFolder } from '../../http/server.ts';
import { type World, type Worlds, worldsFolder } from './worlds.ts';

/** The header that says which world a request belongs to, where its URL does not. */
const worldHeader = 'x-mock-world';
/** The cookie that says so, where neither does. */
const worldCookie = 'mock-world';

/** By what requests get into a world: by one of three. */
export interface WorldKeys {
  id: string;
  /** What it is for, where that was said. */
  name?: string;
  /** Its own base URL, without a trailing slash: of the API in this world, and of its console behind `/__mock__/`. */
  url: string;
  /** For requests to the URL of the mock itself. */
  headers: Record<string, string>;
  /** For a browser's requests to the URL of the mock itself, as `addCookies` of Playwright takes it. */
  cookie: { name: string; value: string; url: string };
}

/**
 * Lists by what requests get into a world.
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
 * Has a browser keep the cookie of a world, or drop it.
 *
 * @param id of the world, or an empty text
 */
export function setCookie(id: string): Answer {
  // "Lax" has the pages of this machine send it, whatever their ports, and keeps it from those of other sites.
  const attributes = `Path=/; HttpOnly; SameSite=Lax${id === '' ? '; Max-Age=0' : ''}`;
  const cookie = `${worldCookie}=${id}; ${attributes}`;
  return { status: 302, headers: { location: ownFolder, 'set-cookie': cookie }, body: '' };
}

/** Which world a request names, and what is left of the request without that. */
export interface Address {
  /** Missing where it names none. */
  id?: string;
  by?: 'url' | 'header' | 'cookie' | undefined;
  target: string;
  headers: IncomingHttpHeaders;
}

/**
 * Reads which world a request belongs to: by its URL, else by its header, else by its cookie. The mock answers what is
 * left, and remembers its answers by that: it is the same in each world.
 */
export function readAddress(target: string, headers: IncomingHttpHeaders): Address {
  const named = readHeaders(target, headers);
  if (!target.startsWith(worldsFolder)) {
    return named;
  }
  const [id = ''] = target.slice(worldsFolder.length).split(/[/?#]/, 1);
  const rest = target.slice(worldsFolder.length + id.length);
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
 * @throws {RequestProblem} 404 for a world that there is not: another one must not answer in its place
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
      `The mock has no world ${JSON.stringify(id)}, which ${place[by ?? 'url']} names. It was disposed of or forgotten ` +
        'unused, or the mock was started anew. ' +
        (by === 'cookie'
          ? `Open ${leavePath} to drop the cookie, or make a world with POST ${ownFolder}worlds.`
          : `Make one with POST ${ownFolder}worlds (world() in code), or name none.`),
    );
  }
  return world;
}

/** Where a browser drops its cookie, whichever world that names. */
const leavePath: string = `${ownFolder}leave`;

/**
 * Keeps a client in the world whose URL it has called: what leads to the mock leads to that world, and cookies are those
 * of the world alone.
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
  // What browsers take for a path and for nothing else: the most of all, and not worth to be parsed.
  if (/^\/(?![/\\\s])/.test(location)) {
    return path + location;
  }
  const own = URL.parse(`http://${host}/`);
  const led = URL.parse(location, own?.href);
  if (own === null || led?.host !== own.host || led.pathname.startsWith(`${path}/`)) {
    return location;
  }
  // Of the text itself, so that all else stays as it is. A relative path stays inside anyway.
  return location.replace(/^(?:https?:)?\/\/[^/?#]*|^(?=\/)/i, (origin) => origin + path);
}
