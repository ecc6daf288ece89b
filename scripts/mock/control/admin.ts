import { type Answer, type RawRequest, RequestProblem } from '../../http/message.ts';
import { ownFolder } from '../../http/server.ts';
import { moveClock } from './clock.ts';
import type { Control } from './control.ts';
import { readForced } from './forced.ts';
import { page } from './page.ts';
import { readExpiry, readTokenOrder } from './tokens.ts';

type Handler = (control: Control, request: RawRequest) => Answer;

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  // A page of another origin could have its visitor click on a button of this one.
  'content-security-policy': "frame-ancestors 'none'",
  'x-frame-options': 'DENY',
};

const noContent: Answer = { status: 204, headers: {}, body: '' };

const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  '': { GET: () => ({ status: 200, headers: pageHeaders, body: page }) },
  health: { GET: () => toJson({ status: 'ok' }) },
  journal: {
    GET: ({ journal }) => toJson({ entries: journal.list() }),
    DELETE: ({ journal }) => {
      journal.clear();
      return noContent;
    },
  },
  forced: {
    GET: ({ forced }) => toJson({ forced: forced.list() }),
    POST: ({ forced, answers }, { body }) => {
      forced.add(readForced(parseJson(body), answers));
      return noContent;
    },
    DELETE: ({ forced }) => {
      forced.clear();
      return noContent;
    },
  },
  scenarios: {
    GET: (control, request) =>
      toJson({ scenarios: control.listScenarios(request.headers.host ?? 'localhost') }),
  },
  clock: {
    GET: ({ clock }) => toJson({ now: clock.now() }),
    POST: ({ clock }, { body }) => {
      moveClock(clock, parseJson(body));
      return toJson({ now: clock.now() });
    },
  },
  jwts: { POST: ({ tokenControl }) => toJson({ token: tokenControl.issueJwt() }) },
  tokens: {
    GET: ({ isSimulated, tokens, tokenControl: { kinds, list } }) =>
      toJson({ isSimulated, kinds, count: tokens.count(), tokens: list() }),
    POST: ({ tokenControl }, { body }) => toJson(tokenControl.issue(readTokenOrder(parseJson(body)))),
    DELETE: ({ tokenControl }, { target }) => {
      const query = new URLSearchParams(target.split('?')[1] ?? '');
      tokenControl.revoke(query.get('id') ?? '', { isWholeFamily: query.get('isWholeFamily') === 'true' });
      return noContent;
    },
  },
  'tokens/expire': {
    POST: ({ tokenControl }, { body }) => {
      tokenControl.expire(readExpiry(parseJson(body)).id);
      return noContent;
    },
  },
  reset: {
    POST: (control) => {
      control.reset();
      return noContent;
    },
  },
};

/**
 * Answers a request to the mock itself, below `/__mock__/`.
 *
 * @throws {RequestProblem} 403 for who must not, 404 and 405 for what there is not, 400 and 422 for a body that can't
 *   be used
 */
export function answerAdmin(request: RawRequest, control: Control): Answer {
  control.checkAccess(request);
  const { method, target } = request;
  const name = target.split('?')[0]?.slice(ownFolder.length) ?? '';
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (route === undefined) {
    throw new RequestProblem(
      404,
      `The mock has no such page. It has ${Object.keys(routes).filter(Boolean).join(', ')}.`,
    );
  }
  const handler = Object.hasOwn(route, method) ? route[method] : undefined;
  if (handler === undefined) {
    throw new RequestProblem(405, `Expected ${Object.keys(route).join(' or ')}.`);
  }
  return handler(control, request);
}

function toJson(value: unknown): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new RequestProblem(400, 'The body does not parse as JSON.');
  }
}
