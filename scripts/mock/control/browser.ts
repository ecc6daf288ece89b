import { type Answer, parseTarget, type RawRequest } from '../../http/message.ts';
import { ownFolder } from '../../http/server.ts';
import type { Visit } from './admin.ts';
import { answerLanding } from './pages.ts';

type Asked = Pick<RawRequest, 'method' | 'target' | 'headers'>;

/**
 * Answers a person's browser where the API has nothing for it: the root of the mock leads to the console, and what a
 * redirect of the API leads to is a small page. `undefined` for all that programs ask for, and all that the API has.
 */
export function answerBrowser(
  { method, target, headers }: Asked,
  { control, world, by }: Visit,
): Answer | undefined {
  if (method !== 'GET') {
    return undefined;
  }
  if (target === ownFolder.slice(0, -1)) {
    return toConsole;
  }
  const isBrowser = /\btext\/html\b/i.test(headers.accept ?? '');
  const path = isBrowser ? parseTarget(target)?.pathname : undefined;
  if (path === undefined || control.hasPath(path)) {
    return undefined;
  }
  return path === '/'
    ? toConsole
    : answerLanding(path, by === 'url' ? world.path : '', world.redirects.get(path));
}

const toConsole: Answer = { status: 302, headers: { location: ownFolder }, body: '' };

/**
 * Remembers where an answer leads to, for the browser that follows it.
 */
export function noteRedirect(
  request: Asked & { url: URL | null },
  answer: Answer,
  { control, world }: Visit,
): void {
  const { location } = answer.headers;
  if (location === undefined || answer.status < 300 || answer.status > 399) {
    return;
  }
  const { pathname } = URL.parse(location, request.url?.href) ?? {};
  if (pathname !== undefined) {
    world.redirects.set(pathname, { operationId: control.findOperation(request), holder: answer.holder });
  }
}
