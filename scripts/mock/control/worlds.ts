import { randomUUID } from 'node:crypto';
import { ownFolder } from '../../http/server.ts';
import type { Control } from './control.ts';
import { createWorldState, type WorldState } from './world.ts';

/** What goes before the id of a world in the path of its URL. */
export const worldsFolder: string = `${ownFolder}worlds/`;

/** A part of a mock that has its own state. The mock itself has one: the world of all requests that name none. */
export interface World extends WorldState {
  /** A count and a random part, so that no id of an earlier mock leads to a world. Empty for that of the mock itself. */
  readonly id: string;
  /** What it is for, as a person may want to know. */
  readonly name?: string;
  /** What goes before the path of each request to its URL. Empty for that of the mock itself. */
  readonly path: string;
  readonly createdAt: Date;
  /** When something last used it, in milliseconds. */
  usedAtMs: number;
}

/** The worlds of a mock. */
export interface Worlds {
  /** The one of all requests that name none. */
  common: World;
  /** Makes one. Forgets those that nobody has used for an hour, and with 1,000 of them the one that waits longest. */
  open: (name?: string) => World;
  /** Finds a world that is about to be used. */
  use: (id: string) => World | undefined;
  /** Oldest first, without that of the mock itself. */
  list: () => World[];
  /** Forgets one, where there is such a one. */
  forget: (id: string) => void;
  /** Has all of them begin anew, as with another document. */
  renew: (control: Control) => void;
}

/** How many there are, and for how long. */
export interface WorldsLimits {
  /** Default: 1000. */
  maxWorlds?: number;
  /** Default: an hour. */
  maxIdleMs?: number;
  /** The machine's time, in milliseconds. Default: its own. */
  nowMs?: () => number;
}

// A test sends few requests, and there can be as many worlds as tests.
const ownLimits = { maxEntries: 100, maxTokens: 1000 };
const maxNameLength = 200;

/**
 * Makes the worlds of a mock: at first, there is only its own.
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
  const common = begin({ id: '', path: '' }, createWorldState(control));
  const makeRoom = (): void => {
    const idleBeforeMs = nowMs() - maxIdleMs;
    let idlest: World | undefined;
    for (const world of worlds.values()) {
      if (world.usedAtMs < idleBeforeMs) {
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
    open: (name) => {
      makeRoom();
      count += 1;
      const id = `${count}-${randomUUID().slice(0, 8)}`;
      const named = name ? { name: name.slice(0, maxNameLength) } : {};
      const world = begin({ id, path: worldsFolder + id, ...named }, createWorldState(current, ownLimits));
      worlds.set(id, world);
      return world;
    },
    use: (id) => {
      const world = worlds.get(id);
      if (world !== undefined) {
        world.usedAtMs = nowMs();
      }
      return world;
    },
    list: () => [...worlds.values()],
    forget: (id) => void worlds.delete(id),
    renew: (next) => {
      current = next;
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
  /** How many there were, with those that the journal has forgotten. */
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
