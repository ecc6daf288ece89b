import { enableCompileCache } from 'node:module';
import type { ExitCode } from './command.ts';
import { type CommandEntry, dispatch } from './dispatch.ts';

const commands: Record<string, CommandEntry> = {
  generate: {
    summary: 'generate types and a client from a spec, or check that they are up to date',
    load: () => import('./generate/index.ts'),
    peers: ['@redocly/openapi-core', 'ajv', 'openapi-typescript', 'typescript@5'],
  },
  mock: {
    summary: 'serve a spec as a mock',
    load: () => import('./mock/mock-command.ts'),
    peers: ['@redocly/openapi-core', '@stoplight/prism-http'],
  },
  contract: {
    summary: "run this repository's consumer tests and write their pact, or check that it is up to date",
    load: () => import('./contract/index.ts'),
  },
  check: {
    summary: 'check a pact against the spec and the mock',
    load: () => import('./check/index.ts'),
    peers: [
      '@pact-foundation/pact-core',
      '@pactflow/openapi-pact-comparator',
      '@redocly/openapi-core',
      '@stoplight/prism-http',
      'ajv',
      'ajv-formats',
      'fast-check',
    ],
  },
  verify: {
    summary: 'check a live provider, or recorded traffic, against the contract',
    load: () => import('./verify/index.ts'),
    peers: ['@pact-foundation/pact-core', '@redocly/cli', '@redocly/openapi-core'],
  },
  explain: {
    summary: 'explain what the code of a finding means, and how to fix it',
    load: () => import('./explain/index.ts'),
  },
  publish: {
    summary: 'publish a pact to a Pact Broker, under its commit and branch',
    load: () => import('./broker/publish.ts'),
    peers: ['@pact-foundation/pact-cli', '@redocly/openapi-core', 'ajv'],
  },
  'can-i-deploy': {
    summary: 'ask a Pact Broker whether a version works with what is deployed',
    load: () => import('./broker/can-i-deploy.ts'),
    peers: ['@pact-foundation/pact-cli'],
  },
};

/**
 * Runs a command of the package and resolves to its exit code.
 *
 * @param args what was typed after the name of the program
 */
export function runCommands(args: readonly string[]): Promise<ExitCode> {
  // V8 keeps what it compiles, so that the next start is faster.
  enableCompileCache();
  return dispatch('nexudus-auth-contract', commands, args);
}
