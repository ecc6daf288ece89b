import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { type Mock, startMock } from '../../scripts/mock/index.ts';

/** The example, served to browsers, and its Nexudus. */
export interface OpenExample extends AsyncDisposable {
  /** With a trailing slash. */
  url: string;
  mock: Mock;
}

/** How the example is told of its Nexudus. */
export interface ExampleOptions {
  /** The mock, as if it were a real space, and the address of its Members Portal. */
  asSpaceWithPortal?: string;
}

/** Builds the example, outside the repository, serves it, and lets it talk to a mock that keeps sessions. */
export async function openExample({ asSpaceWithPortal }: ExampleOptions = {}): Promise<OpenExample> {
  const mock = await startMock({ simulate: true });
  delete process.env.VITE_MOCK_URL;
  delete process.env.VITE_PORTAL_URL;
  Object.assign(
    process.env,
    { VITE_NEXUDUS_URL: mock.url },
    // The first is what its own `start.ts` does.
    asSpaceWithPortal === undefined ? { VITE_MOCK_URL: mock.url } : { VITE_PORTAL_URL: asSpaceWithPortal },
  );
  const outDir = await mkdtemp(join(tmpdir(), 'nexudus-auth-contract-'));
  const common = {
    root: fileURLToPath(new URL('../../examples/authenticated-link', import.meta.url)),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  } as const;
  await build(common);
  const server = await preview({ ...common, preview: { port: 0, host: '127.0.0.1' } });
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    mock,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([server.close(), mock.close()]);
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
