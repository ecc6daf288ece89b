import type { ConsoleInfo } from '../admin.ts';
import type { WorldEntry } from '../worlds.ts';
import { api } from './api.ts';
import { attempt, createStore, find, make, makeButton, type Store, tell } from './dom.ts';

const worldStore: Store<WorldEntry[]> = createStore<WorldEntry[]>([]);
let isListed = false;

/** Reads the worlds anew, if the page lists them. */
export async function refreshWorlds(): Promise<void> {
  if (isListed) {
    worldStore.set(await api.listWorlds());
  }
}

/** Names a world for people. */
export function nameWorld({ id, name }: { id: string; name?: string }): string {
  return name === undefined ? id : `${name} (${id})`;
}

/** Shows in the header which world the page is opened in. The page of the mock itself lists the worlds instead. */
export function showWorlds({ world }: ConsoleInfo): void {
  find('world').hidden = world === undefined;
  find('worlds').hidden = world !== undefined;
  if (world !== undefined) {
    find('world-name').textContent = nameWorld(world);
    find('reset').textContent = 'Reset this world';
    const links = {
      url: [link('enter', 'Stay in this world'), link('/__mock__/', 'Go to the mock itself')],
      cookie: [link('leave', 'Leave this world')],
      header: [],
    };
    find('world').append(...links[world.by]);
    return;
  }
  isListed = true;
  const button = find('make-world');
  button.addEventListener('click', () =>
    attempt(button, async () => {
      const { id } = await api.makeWorld();
      await refreshWorlds();
      tell(`The world ${id} is made.`);
    }),
  );
  worldStore.follow((worlds) => {
    find('world-list').replaceChildren(...worlds.map(showWorld).reverse());
    find('worlds-empty').hidden = worlds.length > 0;
  });
}

function link(href: string, text: string): HTMLElement {
  return make('a', { href }, text);
}

function showWorld(world: WorldEntry): HTMLElement {
  const { id, url, createdAt, requestCount } = world;
  const requests = `${requestCount} ${requestCount === 1 ? 'request' : 'requests'}`;
  return make(
    'li',
    { class: 'token' },
    link(`${new URL(url).pathname}/__mock__/`, nameWorld(world)),
    make('span', { class: 'grow line' }, `${requests} · made ${new Date(createdAt).toLocaleTimeString()}`),
    makeButton('Forget', { 'aria-label': `Forget the world ${id}`, class: 'quiet' }, async () => {
      await api.forgetWorld(id).finally(refreshWorlds);
      tell(`The world ${id} is forgotten.`);
    }),
  );
}
