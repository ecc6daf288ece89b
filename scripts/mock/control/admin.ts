import { type Answer, type RawRequest, RequestProblem } from '../../http/message.ts';
import { ownFolder } from '../../http/server.ts';
import { type Clock, moveClock } from './clock.ts';
import type { Control } from './control.ts';
import { readForced } from './forced.ts';
import { answerPage } from './pages.ts';
import { readExpiry, readTokenOrder } from './tokens.ts';

type Handler = (control: Control, request: RawRequest) => Answer;

const noContent: Answer = { status: 204, headers: {}, body: '' };

const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  health: { GET: () => toJson({ status: 'ok' }) },
  info: { GET: (control, request) => toJson(control.describe(readHost(request))) },
  operations: { GET: (control) => toJson({ operations: control.listOperations() }) },
  journal: {
    GET: ({ journal }, request) => {
      const entries = journal.list(readCount(request, 'after'));
      return toJson({ entries, lastId: journal.lastId() });
    },
    DELETE: ({ journal }) => {
      journal.clear();
      return noContent;
    },
  },
  forced: {
    GET: ({ forced }) => toJson({ forced: forced.list() }),
    POST: ({ forced, answers }, { body }) => {
      return toJson(forced.add(readForced(parseJson(body), answers)));
    },
    DELETE: ({ forced }, request) => {
      const id = readCount(request, 'id');
      if (id === undefined) {
        forced.clear();
      } else if (!forced.remove(id)) {
        throw new RequestProblem(
          404,
          `Nothing is forced with the id ${id}: it is used up or undone already.`,
        );
      }
      return noContent;
    },
  },
  scenarios: {
    GET: (control, request) => {
      const operation = readQuery(request, 'operation');
      const host = readHost(request);
      return toJson({
        scenarios:
          operation === undefined ? control.listScenarios(host) : control.describeScenarios(host, operation),
      });
    },
  },
  clock: {
    GET: ({ clock }) => toJson(showClock(clock)),
    POST: ({ clock }, { body }) => {
      moveClock(clock, parseJson(body));
      return toJson(showClock(clock));
    },
    DELETE: ({ clock }) => {
      clock.reset();
      return noContent;
    },
  },
  jwts: { POST: ({ tokenControl }) => toJson({ token: tokenControl.issueJwt() }) },
  tokens: {
    GET: ({ isSimulated, tokens, tokenControl: { kinds, list } }) =>
      toJson({ isSimulated, kinds, count: tokens.count(), tokens: list() }),
    POST: ({ tokenControl }, { body }) => toJson(tokenControl.issue(readTokenOrder(parseJson(body)))),
    DELETE: ({ tokenControl }, request) => {
      const isWholeFamily = readQuery(request, 'isWholeFamily') === 'true';
      tokenControl.revoke(readQuery(request, 'id') ?? '', { isWholeFamily });
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
  const route = Object.hasOwn(routes, name) ? routes[name] : findPage(name);
  if (route === undefined) {
    throw new RequestProblem(404, `The mock has no such page. It has ${Object.keys(routes).join(', ')}.`);
  }
  const handler = Object.hasOwn(route, method) ? route[method] : undefined;
  if (handler === undefined) {
    throw new RequestProblem(405, `Expected ${Object.keys(route).join(' or ')}.`);
  }
  return handler(control, request);
}

function findPage(name: string): Readonly<Record<string, Handler>> | undefined {
  const page = answerPage(name);
  return page && { GET: () => page };
}

function readHost({ headers }: RawRequest): string {
  return headers.host ?? 'localhost';
}

function readQuery({ target }: RawRequest, name: string): string | undefined {
  return new URLSearchParams(target.split('?')[1] ?? '').get(name) ?? undefined;
}

function readCount(request: RawRequest, name: string): number | undefined {
  const text = readQuery(request, name);
  if (text !== undefined && !/^\d{1,15}$/.test(text)) {
    throw new RequestProblem(422, `${name} is ${JSON.stringify(text)}, expected a number from 0 on.`);
  }
  return text === undefined ? undefined : Number(text);
}

function showClock(clock: Clock): object {
  return { now: clock.now(), offsetSeconds: clock.offsetSeconds() };
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
