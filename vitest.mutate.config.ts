import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The tests of the code that `npm run mutate:code` changes: those that run in this process, without the type check. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: [
      'tests/src/**/*.test.ts',
      'tests/check/rules/*.test.ts',
      'tests/check/pact-rules*.test.ts',
      'tests/check/pact-coverage.test.ts',
      'tests/check/spec-lint.test.ts',
    ],
    exclude: ['tests/**/*.slow.test.ts'],
    testTimeout: 20_000,
  },
});

export default config;
