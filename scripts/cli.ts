#!/usr/bin/env node
import module from 'node:module';
import { type CommandEntry, dispatch } from './dispatch.ts';

// What V8 has compiled is kept for the next start. Node.js has it from 22.8 on.
module.enableCompileCache?.();

const commands: Record<string, CommandEntry> = {
  generate: {
    summary: 'write types and a client from the spec, or check that they are fresh',
    load: () => import('./generate/index.ts'),
    peers: ['@redocly/openapi-core', 'ajv', 'openapi-typescript', 'typescript@5'],
  },
  mock: {
    summary: 'serve the spec as a mock',
    load: () => import('./mock/mock-command.ts'),
    peers: ['@redocly/openapi-core', '@stoplight/prism-http'],
  },
  contract: {
    summary: 'run the consumer tests and write their pact, or check that it is fresh',
    load: () => import('./contract/index.ts'),
  },
  check: {
    summary: 'hold spec, generated code, client, pact and mock against each other',
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
    summary: 'hold a live provider, or recorded traffic, against the contract',
    load: () => import('./verify/index.ts'),
    peers: ['@pact-foundation/pact-core', '@redocly/cli', '@redocly/openapi-core'],
  },
  explain: {
    summary: 'say what the code of a finding means, and how to mend it',
    load: () => import('./explain/index.ts'),
  },
  publish: {
    summary: 'publish the pact to a Pact Broker, under the commit and the branch',
    load: () => import('./broker/publish.ts'),
    peers: ['@pact-foundation/pact-cli'],
  },
  'can-i-deploy': {
    summary: 'ask a Pact Broker whether a version works with what is deployed',
    load: () => import('./broker/can-i-deploy.ts'),
    peers: ['@pact-foundation/pact-cli'],
  },
};

process.exitCode = await dispatch('nexudus-auth-contract', commands, process.argv.slice(2));
