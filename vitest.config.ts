import { defineConfig, type ViteUserConfig } from 'vitest/config';

const reportFile = process.env.TEST_REPORT;

const config: ViteUserConfig = defineConfig({
  test: {
    reporters: reportFile === undefined ? ['default'] : ['default', ['json', { outputFile: reportFile }]],
    testTimeout: 60_000,
    // What is built is run as it is.
    server: { deps: { external: [/\/dist\//] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['tests/**/*.test.ts'],
          typecheck: { enabled: true, include: ['tests/**/*.test-d.ts'] },
        },
      },
      {
        extends: true,
        test: {
          name: 'contracts',
          include: ['contracts/**/*.test.ts'],
          globalSetup: ['contracts/setup/pact-folder.ts'],
          // From several processes that write one pact, Pact loses interactions silently; from threads it keeps all.
          pool: 'threads',
          // One load of Pact for all files: they share nothing but the folder.
          isolate: false,
        },
      },
    ],
  },
});

export default config;
