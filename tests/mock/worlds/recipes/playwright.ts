import { connectToMock, type RemoteWorld } from 'openapi-contract-kit/mock';
import type { BrowserContext } from 'playwright-core';

const mock = connectToMock(process.env.MOCK_URL ?? 'http://127.0.0.1:4010');

/** The part of Playwright's `TestInfo` that the fixture uses. */
interface TestInfo {
  title: string;
  status?: string;
  expectedStatus: string;
  annotations: { type: string; description?: string }[];
}

/** Gives each test a world of the mock, and sends all requests of its browser there. */
export async function world(
  { context }: { context: BrowserContext },
  use: (world: RemoteWorld) => Promise<void>,
  testInfo: TestInfo,
): Promise<void> {
  const world = await mock.world({ name: testInfo.title });
  await context.setExtraHTTPHeaders(world.headers);
  await use(world);
  if (testInfo.status === testInfo.expectedStatus) {
    await world.dispose();
  } else {
    // For an hour, the console shows what the failed test has sent.
    testInfo.annotations.push({ type: 'mock', description: `${world.url}/__mock__/` });
  }
}
