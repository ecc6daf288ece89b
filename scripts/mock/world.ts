import { refusePlainly } from '../http/message.ts';
import { listKeys } from './control/address.ts';
import type { Control } from './control/control.ts';
import { readForced } from './control/forced.ts';
import { readTokenOrder } from './control/tokens.ts';
import type { World, Worlds } from './control/worlds.ts';
import type { MockControl, MockWorld, WorldSettings } from './mock.ts';

/** All functions of a world's control. */
type Steering = Omit<MockControl, 'url'>;

/**
 * Lets code watch and steer a world.
 *
 * @param find finds the world, or throws once it is gone
 * @param getControl gets that of what is served now: a reload changes it
 */
export function steer(find: () => World, getControl: () => Control): Steering {
  return {
    journal: (after) => find().journal.list(after),
    clearJournal: () => find().journal.clear(),
    force: (forced) => refusePlainly(() => void find().forced.add(readForced(forced, getControl().answers))),
    clock: {
      now: () => find().clock.now(),
      advanceSeconds: (seconds) => refusePlainly(() => find().clock.advanceSeconds(seconds)),
      set: (now) => refusePlainly(() => find().clock.set(now)),
    },
    tokens: {
      list: () => find().tokenControl.list(),
      issue: (order) => refusePlainly(() => find().tokenControl.issue(readTokenOrder(order))),
      expire: (id) => refusePlainly(() => find().tokenControl.expire(id)),
      revoke: (id, options) => refusePlainly(() => find().tokenControl.revoke(id, options)),
    },
    issueJwt: () => refusePlainly(() => find().tokenControl.issueJwt()),
    reset: () => find().reset(),
  };
}

/**
 * Makes a world, and lets code steer it.
 */
export function openWorld(
  worlds: Worlds,
  mockUrl: string,
  getControl: () => Control,
  { name }: WorldSettings = {},
): MockWorld {
  const keys = listKeys(worlds.open(name), mockUrl);
  const find = (): World => {
    const world = worlds.use(keys.id);
    if (world === undefined) {
      throw new Error(
        `The world ${keys.id} is gone: it was disposed of, or nobody used it for an hour. Make another one with world().`,
      );
    }
    return world;
  };
  const dispose = (): void => worlds.forget(keys.id);
  return { ...keys, ...steer(find, getControl), dispose, [Symbol.dispose]: dispose };
}
