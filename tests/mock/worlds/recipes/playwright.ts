import { connectToMock, type RemoteWorld } from 'openapi-contract-kit/mock';
import type { BrowserContext } from 'playwright-core';

const mock = connectToMock(process.env.MOCK_URL ?? 'http://127.0.0.1:4010');

/** Gives each test a world of the mock, and has all requests of its browser go there. */
export async function world(
  { context }: { context: BrowserContext },
  use: (world: RemoteWorld) => Promise<void>,
  { title }: { title: string },
): Promise<void> {
  const world = await mock.world({ name: title });
  await context.setExtraHTTPHeaders(world.headers);
  await use(world);
  await world.dispose();
}
