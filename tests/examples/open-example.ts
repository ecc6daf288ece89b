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

/** Builds the example, outside the repository, serves it, and lets it talk to a mock that keeps sessions. */
export async function openExample(): Promise<OpenExample> {
  const mock = await startMock({ simulate: true });
  const outDir = await mkdtemp(join(tmpdir(), 'nexudus-auth-contract-'));
  const common = {
    root: fileURLToPath(new URL('../../examples/authenticated-link', import.meta.url)),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  } as const;
  await build({ ...common, define: { 'import.meta.env.VITE_NEXUDUS_URL': JSON.stringify(mock.url) } });
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
