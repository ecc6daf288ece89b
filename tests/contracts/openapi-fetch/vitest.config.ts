import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Runs the consumer tests as they are, with openapi-fetch in the place of the generated client. */
const config: ViteUserConfig = defineConfig({
  root: at('../../..'),
  resolve: { alias: [{ find: '../src/index.ts', replacement: at('./index.ts') }] },
  test: {
    include: ['contracts/**/*.test.ts'],
    globalSetup: ['contracts/setup/pact-folder.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
  },
});

export default config;
