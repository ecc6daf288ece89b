import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  root: import.meta.dirname,
  cacheDir: '../node_modules/.vite',
  test: {
    include: ['**/*.contract.ts'],
    globalSetup: ['setup/pact-folder.ts'],
    // Pact loses interactions if several processes write one pact. Threads lose none.
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
  },
});

export default config;
