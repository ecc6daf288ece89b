import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createControl } from '../../../scripts/mock/control/control.ts';
import { createWorlds, type World, type WorldsLimits } from '../../../scripts/mock/control/worlds.ts';
import { type MockWorld, startMock } from '../../../scripts/mock/index.ts';
import { shop, writeSpec } from '../../openapi/write-spec.ts';

type Document = Parameters<typeof createControl>[0];

const items = shop({
  paths: { '/items': { get: { operationId: 'listItems', responses: { 204: { description: 'None.' } } } } },
});

function createClocked(limits: WorldsLimits = {}) {
  let timeMs = 0;
  const worlds = createWorlds(createControl(items as Document), { nowMs: () => timeMs, ...limits });
  return { ...worlds, wait: (ms: number) => (timeMs += ms), count: () => worlds.list().length };
}

describe('the worlds of a mock', () => {
  it('each have an id that no world had before', () => {
    const { open, forget } = createClocked();
    const ids = Array.from({ length: 500 }, () => {
      const { id } = open();
      forget(id);
      return id;
    });
    expect(new Set(ids).size).toBe(500);
  });

  it('are so many at most, and then the one that waits longest gives way', () => {
    const { open, use, wait, count } = createClocked({ maxWorlds: 3 });
    const [first, second, third] = [open(), open(), open()].map(({ id }) => id) as [string, string, string];
    wait(1);
    use(first);
    use(third);
    wait(1);
    const fourth = open();
    expect([count(), use(second)]).toEqual([3, undefined]);
    expect([first, third, fourth.id].every((id) => use(id) !== undefined)).toBe(true);
  });

  it('are forgotten when nobody has used them for long, and kept for as long as somebody does', () => {
    const { open, use, wait, list, count } = createClocked({ maxIdleMs: 1000 });
    const [idle, used] = [open(), open()];
    for (let count = 0; count < 4; count += 1) {
      wait(300);
      use(used.id);
    }
    const listed = list();
    expect([use(idle.id), use(used.id)]).toEqual([undefined, used]);
    expect([listed, count()]).toEqual([[used], 1]);
    wait(1001);
    open();
    expect(use(used.id)).toBe(undefined);
  });

  it('keep fewer requests and tokens each than the mock itself', () => {
    const { open, common } = createClocked();
    const request = { method: 'GET', target: '/items', headers: {}, body: Buffer.of() };
    const fill = ({ journal, tokens }: World): number[] => {
      for (let count = 0; count < 1100; count += 1) {
        journal.add(request, { status: 204 });
        tokens.issue({ kind: 'badge', lifeSeconds: 60 });
      }
      return [journal.list().length, journal.lastId(), tokens.count()];
    };
    expect([fill(open()), fill(common)]).toEqual([
      [100, 1100, 1000],
      [200, 1100, 1100],
    ]);
  });

  it('show a name of at most 200 characters, and none without one', () => {
    const { open } = createClocked();
    expect([open('x'.repeat(300)).name?.length, open('').name, open().name]).toEqual([
      200,
      undefined,
      undefined,
    ]);
  });
});

describe('the memory of a world', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;

  /** Has a world hold what only it holds. */
  async function fill(world: MockWorld): Promise<void> {
    await fetch(`${world.url}/items?at=${'x'.repeat(1000)}`);
    world.force({ operationId: 'listItems', times: 'always' });
  }

  it('goes back when the world is disposed of, and not before', async () => {
    await using mock = await startMock({ specFile: writeSpec(items) });
    const worlds = createWorlds(createControl(items as Document));
    const kept = new WeakRef(worlds.open().journal);
    const id = worlds.list()[0]?.id ?? '';
    const gone = new WeakRef(worlds.open().journal);
    worlds.forget(worlds.list()[1]?.id ?? '');
    using world = mock.world();
    await fill(world);
    collect();
    expect([kept.deref() === undefined, gone.deref()]).toEqual([false, undefined]);
    expect(worlds.use(id)?.journal).toBe(kept.deref());
    expect(world.journal()).toHaveLength(1);
  });
});

describe('a reload with worlds open', () => {
  it('has all of them begin anew with the new document, where they were', async () => {
    const specFile = writeSpec(items);
    await using mock = await startMock({ specFile });
    const [world, other] = [mock.world(), mock.world()];
    world.force({ operationId: 'listItems', status: 503, times: 'always' });
    other.clock.advanceSeconds(3600);
    await fetch(`${world.url}/items`);
    await mock.reload('tests/mock/fixtures/bookshop.yaml');
    expect([world.journal(), other.clock.now().getTime() - Date.now() < 60_000]).toEqual([[], true]);
    expect((await fetch(`${world.url}/items`)).status).toBe(404);
    expect(() => world.force({ operationId: 'listItems' })).toThrow('no operation "listItems"');
    world.force({ operationId: 'addBook', status: 503 });
    expect(world.journal()).toMatchObject([{ path: '/items', status: 404 }]);
    expect((await fetch(`${mock.world().url}/items`)).status).toBe(404);
  });

  it('leaves them as they are where the new document is refused', async () => {
    await using mock = await startMock({ specFile: writeSpec(items) });
    const world = mock.world();
    world.force({ operationId: 'listItems', status: 503, times: 'always' });
    await expect(mock.reload('tests/mock/fixtures/broken.yaml')).rejects.toThrow();
    expect((await fetch(`${world.url}/items`)).status).toBe(503);
    expect((await fetch(`${mock.url}/items`)).status).toBe(204);
  });
});
