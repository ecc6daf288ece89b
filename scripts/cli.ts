#!/usr/bin/env node
import { type Command, SetupError } from './command.ts';

const commands: Record<string, { summary: string; load: () => Promise<Command> }> = {
  generate: {
    summary: 'write types and a client from the spec, or check that they are fresh',
    load: () => import('./generate/index.ts'),
  },
  mock: {
    summary: 'serve the spec as a mock',
    load: () => import('./mock/index.ts'),
  },
  contract: {
    summary: 'run the consumer tests and write their pact, or check that it is fresh',
    load: () => import('./contract/index.ts'),
  },
  mutate: {
    summary: 'prove the gates: change spec and pact by rule, and count what they find',
    load: () => import('./mutate/index.ts'),
  },
  check: {
    summary: 'hold spec, generated code, client, pact and mock against each other',
    load: () => import('./check/index.ts'),
  },
  verify: {
    summary: 'hold a live provider, or recorded traffic, against the contract',
    load: () => import('./verify/index.ts'),
  },
  explain: {
    summary: 'say what the code of a finding means, and how to mend it',
    load: () => import('./explain/index.ts'),
  },
  publish: {
    summary: 'publish the pact to a Pact Broker, under the commit and the branch',
    load: () => import('./broker/publish.ts'),
  },
  'can-i-deploy': {
    summary: 'ask a Pact Broker whether a version works with what is deployed',
    load: () => import('./broker/can-i-deploy.ts'),
  },
};

const usage = [
  'Usage: nexudus-auth-contract <command> [options]',
  '',
  'Commands:',
  ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(14)}${summary}`),
  '',
  'Each command explains itself with --help.',
].join('\n');

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') {
    (name === undefined ? console.error : console.log)(usage);
    return name === undefined ? 2 : 0;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) {
    throw new SetupError(`There is no command "${name}".\n\n${usage}`);
  }
  const command = await entry.load();
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.usage);
    return 0;
  }
  return command.run(args, {
    stdout: (line) => console.log(line),
    stderr: (line) => console.error(line),
    env: process.env,
    useColors: process.stdout.isTTY === true && process.stdout.hasColors(),
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 2;
}
