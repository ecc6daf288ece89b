import { resolve } from 'node:path';
import { configDefaults, defineConfig, type ViteUserConfig } from 'vitest/config';

// Fuzz, the comparison with Prism, browsers, installs of the package, a sample of the mutants: `npm run test:all` only.
const slowTests = 'tests/**/*.slow.test.ts';
const reportFile = process.env.TEST_REPORT;

const config: ViteUserConfig = defineConfig({
  test: {
    // Not as an option of the reporter: a run within this one, of the consumer tests, names a file of its own.
    ...(reportFile === undefined ? {} : { reporters: ['default', 'json'], outputFile: { json: reportFile } }),
    testTimeout: 60_000,
    // What a mock keeps of the documents of tests is not the user's.
    env: { XDG_CACHE_HOME: resolve('node_modules/.cache/tests') },
    // By default one core is left to vitest itself, which hardly needs it.
    maxWorkers: '100%',
    // What is built is run as it is.
    server: { deps: { external: [/\/dist\//] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, slowTests],
          typecheck: { enabled: true, include: ['tests/**/*.test-d.ts'] },
        },
      },
      { extends: true, test: { name: 'slow', include: [slowTests] } },
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
