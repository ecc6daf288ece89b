import { isIP } from 'node:net';
import type { ServerSettings } from '../open-server.ts';
import { RequestProblem } from '../problem.ts';
import type { RawRequest } from '../raw-request.ts';

/** Checks that a request may watch and steer the mock. */
export type CheckAccess = (request: Pick<RawRequest, 'method' | 'headers'>) => void;

/**
 * Creates the check of requests to the mock's own paths. It refuses pages of other origins, and names that the mock is
 * not known by: a page can have its own name lead to this machine (DNS rebinding), and is of the mock's origin then.
 * A name that is an IP address leads nowhere else.
 *
 * The check throws a `RequestProblem` 403 that says how to get in.
 */
export function createAccessCheck({ host = 'localhost', allowedHosts = [] }: ServerSettings): CheckAccess {
  const names = new Set(['localhost', host, ...allowedHosts].map((name) => name.toLowerCase()));
  return (request) => {
    checkHost(request.headers.host, names);
    checkOrigin(request);
  };
}

// Browsers always send one; a client of HTTP/1.0 need not.
function checkHost(host: string | undefined, names: ReadonlySet<string>): void {
  if (host === undefined) {
    return;
  }
  const name = URL.parse(`http://${host}`)?.hostname ?? '';
  if (!names.has(name) && isIP(name.replace(/^\[(.*)\]$/, '$1')) === 0) {
    throw new RequestProblem(
      403,
      `The request names the host ${JSON.stringify(host)}, which the mock does not know as its own. ` +
        'Use localhost, an IP address or the name given to --host, ' +
        'or start the mock with --allow-host NAME (allowedHosts of startMock and startProxy).',
    );
  }
}

function checkOrigin({ method, headers }: Pick<RawRequest, 'method' | 'headers'>): void {
  const { host, origin, 'sec-fetch-site': site = 'none', 'sec-fetch-dest': destination } = headers;
  // Only hosts are compared: behind a proxy that terminates TLS, the scheme is another one.
  const isOriginOwn = origin === undefined || URL.parse(origin)?.host === URL.parse(`http://${host}`)?.host;
  // A link on another page may lead to the mock's page: that page can't read what opens.
  const isLinkFollowed = method === 'GET' && origin === undefined && destination === 'document';
  if (!isOriginOwn || !(['same-origin', 'none'].includes(String(site)) || isLinkFollowed)) {
    throw new RequestProblem(
      403,
      `A page of ${origin ?? 'another origin'} cannot watch or steer the mock. ` +
        "Use the mock's own page at /__mock__/, or a program that sends no Origin header.",
    );
  }
}
