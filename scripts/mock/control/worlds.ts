import { ownFolder } from '../../http/server.ts';
import type { Control } from './control.ts';
import { createJournal, type Journal } from './journal.ts';
import { createWorldState, type WorldState } from './world.ts';

/** The path of a world's URL up to its id. */
export const worldsFolder: string = `${ownFolder}worlds/`;

/** A part of a mock with its own state. Requests that name no world belong to that of the mock itself. */
export interface World extends WorldState {
  /** A count and a random part, so that an id of an earlier mock names no world. Empty for that of the mock itself. */
  readonly id: string;
  /** The purpose of the world, for people. */
  readonly name?: string;
  /** The path of its base URL. Empty for that of the mock itself. */
  readonly path: string;
  readonly createdAt: Date;
  /** The time of its last use, in milliseconds. */
  usedAtMs: number;
}

/** The worlds of a mock. */
export interface Worlds {
  /** That of the mock itself, for all requests that name none. */
  common: World;
  /** The last 200 requests to all worlds but the common one. A reload empties it. */
  journal: Journal;
  /** Makes one. Forgets those that nobody has used for an hour and, with 1,000 of them, the one unused for longest. */
  open: (name?: string) => World;
  /** Finds a world, and notes that it is used. Finds none that nobody has used for an hour. */
  use: (id: string) => World | undefined;
  /** Oldest first, without that of the mock itself. */
  list: () => World[];
  /** Forgets one. Does nothing for an unknown id. */
  forget: (id: string) => void;
  /** Resets all of them, and has them serve another document. */
  renew: (control: Control) => void;
}

/** How many worlds there can be, and for how long. */
export interface WorldsLimits {
  /** Default: 1000. */
  maxWorlds?: number;
  /** Default: an hour. */
  maxIdleMs?: number;
  /** The machine's time, in milliseconds. Default: its own. */
  nowMs?: () => number;
}

// Less than the mock itself keeps: a test sends few requests, and there can be as many worlds as tests.
const ownLimits = { maxEntries: 100, maxTokens: 1000 };
const maxNameLength = 200;

/**
 * Makes the worlds of a mock. At first, there is only its own.
 */
export function createWorlds(control: Control, limits: WorldsLimits = {}): Worlds {
  const { maxWorlds = 1000, maxIdleMs = 3_600_000, nowMs = Date.now } = limits;
  const worlds = new Map<string, World>();
  let current = control;
  let count = 0;
  const begin = (about: Pick<World, 'id' | 'path' | 'name'>, state: WorldState): World => ({
    ...about,
    ...state,
    createdAt: new Date(nowMs()),
    usedAtMs: nowMs(),
  });
  const createCommonJournal = (): Journal =>
    createJournal(current.findOperation, () => new Date(nowMs()), current.masks);
  let journal = createCommonJournal();
  const common = begin({ id: '', path: '' }, createWorldState(control));
  const isIdle = ({ usedAtMs }: World): boolean => nowMs() - usedAtMs > maxIdleMs;
  const makeRoom = (): void => {
    let idlest: World | undefined;
    for (const world of worlds.values()) {
      if (isIdle(world)) {
        worlds.delete(world.id);
      } else if (idlest === undefined || world.usedAtMs < idlest.usedAtMs) {
        idlest = world;
      }
    }
    if (idlest !== undefined && worlds.size >= maxWorlds) {
      worlds.delete(idlest.id);
    }
  };
  return {
    common,
    get journal() {
      return journal;
    },
    open: (name) => {
      makeRoom();
      count += 1;
      const id = `${count}-${crypto.randomUUID().slice(0, 8)}`;
      const named = name ? { name: name.slice(0, maxNameLength) } : {};
      const world = begin({ id, path: worldsFolder + id, ...named }, createWorldState(current, ownLimits));
      worlds.set(id, world);
      return world;
    },
    use: (id) => {
      const world = worlds.get(id);
      if (world === undefined || isIdle(world)) {
        worlds.delete(id);
        return undefined;
      }
      world.usedAtMs = nowMs();
      return world;
    },
    list: () => [...worlds.values()].filter((world) => !isIdle(world)),
    forget: (id) => void worlds.delete(id),
    renew: (next) => {
      current = next;
      journal = createCommonJournal();
      Object.assign(common, createWorldState(next));
      for (const world of worlds.values()) {
        Object.assign(world, createWorldState(next, ownLimits));
      }
    },
  };
}

/** A world as it is listed. */
export interface WorldEntry {
  id: string;
  name?: string;
  url: string;
  /** By the machine's clock, in ISO 8601. */
  createdAt: string;
  usedAt: string;
  /** Counts the requests that the journal has forgotten, too. */
  requestCount: number;
}

/**
 * Shows a world in a list.
 *
 * @param mockUrl without a trailing slash
 */
export function showWorld(
  { id, name, path, createdAt, usedAtMs, journal }: World,
  mockUrl: string,
): WorldEntry {
  return {
    id,
    ...(name === undefined ? {} : { name }),
    url: mockUrl + path,
    createdAt: createdAt.toISOString(),
    usedAt: new Date(usedAtMs).toISOString(),
    requestCount: journal.lastId(),
  };
}
