import type { ExitCode } from './cli/command.ts';
import { type CommandEntry, dispatch } from './cli/dispatch.ts';
import { programName } from './cli/toolkit.ts';

/** The commands of the package, in the order of its help. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  init: {
    summary: 'make a contract project of an OpenAPI document',
    load: () => import('./init/command.ts'),
  },
  generate: {
    summary: 'generate types and a client from a spec, or check that they are up to date',
    load: () => import('./generate/command.ts'),
  },
  mock: {
    summary: 'serve a spec as a mock',
    load: () => import('./mock/command.ts'),
  },
  contract: {
    summary: 'run the consumer tests and write their pact, or check that the pact is up to date',
    load: () => import('./contract/command.ts'),
  },
  check: {
    summary: 'check pacts, spec, client and mock against each other',
    load: () => import('./check/command.ts'),
  },
  mutate: {
    summary: 'test the gates: change spec and pact by rule, and count the changes they find',
    load: () => import('./mutate/command.ts'),
  },
  verify: {
    summary: 'check a live provider, or recorded traffic, against the contract',
    load: () => import('./verify/command.ts'),
  },
  explain: {
    summary: 'explain what a finding means and how to fix it',
    load: () => import('./explain/command.ts'),
  },
  publish: {
    summary: 'publish pacts to a Pact Broker',
    load: () => import('./broker/publish.ts'),
  },
  'record-deployment': {
    summary: 'tell a Pact Broker that a version is deployed',
    load: () => import('./broker/deployment.ts'),
  },
  'can-i-deploy': {
    summary: 'ask a Pact Broker, or the pacts of a git ref, whether a version is safe to deploy',
    load: () => import('./check/can-i-deploy.ts'),
  },
};

/**
 * Runs a command of the package and resolves to its exit code.
 *
 * @param args what was typed after the name of the program
 */
export function runCommands(args: readonly string[]): Promise<ExitCode> {
  return dispatch(programName, commands, args);
}
