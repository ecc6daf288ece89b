import { type Answer, type RawRequest, RequestProblem } from '../../http/message.ts';
import { ownFolder } from '../../http/server.ts';
import { type Address, listKeys, setCookie } from './address.ts';
import { type Clock, moveClock } from './clock.ts';
import type { Control, MockInfo } from './control.ts';
import { readForced } from './forced.ts';
import { answerPage } from './pages.ts';
import { createShapeCheck } from './shape.ts';
import { readExpiry, readTokenOrder } from './tokens.ts';
import { showWorld, type World, type Worlds } from './worlds.ts';

/** A mock, and the world in it that a request is about. */
export interface Visit extends Pick<Address, 'by'> {
  control: Control;
  worlds: Worlds;
  world: World;
}

type Handler = (visit: Visit, request: RawRequest) => Answer;

const noContent: Answer = { status: 204, headers: {}, body: '' };

const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  health: { GET: () => toJson({ status: 'ok' }) },
  info: { GET: (visit, request) => toJson(describe(visit, request)) },
  operations: { GET: ({ control }) => toJson({ operations: control.listOperations() }) },
  journal: {
    GET: ({ world: { journal } }, request) => {
      const entries = journal.list(readCount(request, 'after'));
      return toJson({ entries, lastId: journal.lastId() });
    },
    DELETE: ({ world: { journal } }) => {
      journal.clear();
      return noContent;
    },
  },
  forced: {
    GET: ({ world: { forced } }) => toJson({ forced: forced.list() }),
    POST: ({ control, world: { forced } }, { body }) => {
      return toJson(forced.add(readForced(parseJson(body), control.answers)));
    },
    DELETE: ({ world: { forced } }, request) => {
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
    GET: ({ control, world }, request) => {
      const operation = readQuery(request, 'operation');
      const place = readHost(request) + world.path;
      return toJson({
        scenarios:
          operation === undefined
            ? control.listScenarios(place)
            : control.describeScenarios(place, operation),
      });
    },
  },
  clock: {
    GET: ({ world: { clock } }) => toJson(showClock(clock)),
    POST: ({ world: { clock } }, { body }) => {
      moveClock(clock, parseJson(body));
      return toJson(showClock(clock));
    },
    DELETE: ({ world: { clock } }) => {
      clock.reset();
      return noContent;
    },
  },
  jwts: { POST: ({ world: { tokenControl } }) => toJson({ token: tokenControl.issueJwt() }) },
  tokens: {
    GET: ({ control: { isSimulated }, world: { tokens, tokenControl } }) =>
      toJson({
        isSimulated,
        kinds: tokenControl.kinds,
        count: tokens.count(),
        tokens: tokenControl.list(),
      }),
    POST: ({ world: { tokenControl } }, { body }) =>
      toJson(tokenControl.issue(readTokenOrder(parseJson(body)))),
    DELETE: ({ world: { tokenControl } }, request) => {
      const isWholeFamily = readQuery(request, 'isWholeFamily') === 'true';
      tokenControl.revoke(readQuery(request, 'id') ?? '', { isWholeFamily });
      return noContent;
    },
  },
  'tokens/expire': {
    POST: ({ world: { tokenControl } }, { body }) => {
      tokenControl.expire(readExpiry(parseJson(body)).id);
      return noContent;
    },
  },
  reset: {
    POST: ({ world }) => {
      world.reset();
      return noContent;
    },
  },
  worlds: {
    GET: ({ control, worlds }, request) => {
      const { url } = control.describe(readHost(request));
      return toJson({ worlds: worlds.list().map((world) => showWorld(world, url)) });
    },
    POST: ({ control, worlds }, request) => {
      const { name } = request.body.length === 0 ? {} : checkWorld(parseJson(request.body));
      const { url } = control.describe(readHost(request));
      return { ...toJson(listKeys(worlds.open(name), url)), status: 201 };
    },
    DELETE: ({ worlds }, request) => {
      const id = readQuery(request, 'id');
      if (id === undefined) {
        throw new RequestProblem(422, 'id is missing, expected the id of a world.');
      }
      // An unknown id is no problem: a test disposes of a world to have it gone.
      worlds.forget(id);
      return noContent;
    },
  },
  enter: {
    GET: ({ world }) => {
      if (world.id === '') {
        throw new RequestProblem(
          404,
          `The request names no world to enter. Open ${ownFolder}enter at the URL of a world.`,
        );
      }
      return setCookie(world.id);
    },
  },
  leave: { GET: () => setCookie('') },
};

const checkWorld = createShapeCheck<{ name?: string }>('make a world', {
  properties: { name: { type: 'string', description: 'a text, such as the title of a test' } },
});

/** What the console shows: the mock, and the world that the page was opened in. */
export interface ConsoleInfo extends MockInfo {
  /** Missing for the world of the mock itself. */
  world?: { id: string; name?: string; by: NonNullable<Address['by']> };
}

function describe({ control, world: { id, name, path }, by }: Visit, request: RawRequest): ConsoleInfo {
  const info = control.describe(readHost(request) + path);
  return by === undefined ? info : { ...info, world: { id, ...(name === undefined ? {} : { name }), by } };
}

/**
 * Answers a request to the mock itself, below `/__mock__/`.
 *
 * @throws {RequestProblem} 403 for who must not, 404 and 405 for what there is not, 400 and 422 for a body that can't
 *   be used
 */
export function answerAdmin(request: RawRequest, visit: Visit): Answer {
  visit.control.checkAccess(request);
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
  return handler(visit, request);
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
