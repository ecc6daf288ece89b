import { type Command, defineCommand } from '../cli/command.ts';

/** `init`. */
export const command: Command = defineCommand({
  name: 'init',
  synopsis: ['SPEC [options]'],
  description: `Makes a contract project of an OpenAPI document, in an empty folder or in a project: contract.config.ts, generated
code, a consumer test for each documented response, scripts, a CI workflow. Then installs what it needs, and runs
generate, contract and check. Asks nothing without a terminal.`,
  options: {
    spec: { type: 'argument', value: 'SPEC', help: 'the path or the URL of the document' },
    consumer: {
      type: 'string',
      value: 'NAME',
      help: 'the name of the consumer in the pact (default: that of the package or the folder)',
    },
    provider: {
      type: 'string',
      value: 'NAME',
      help: 'the name of the provider in the pact (default: the title of the document)',
    },
    folder: { type: 'string', value: 'DIR', default: 'contracts', help: 'the folder of the contract' },
    'spec-mode': {
      type: 'string',
      value: 'MODE',
      help: 'copy the document into that folder, or reference it where it is (default: reference if it is in the project)',
    },
    ci: {
      type: 'string',
      value: 'NAME',
      help: 'github or none (default: github, but none below the top of a repository)',
    },
    'package-manager': {
      type: 'string',
      value: 'NAME',
      help: 'npm, pnpm or yarn (default: by the lock file, else npm)',
    },
    'no-install': {
      type: 'boolean',
      help: 'install nothing; write the files only, unless all packages are there',
    },
    yes: { type: 'boolean', help: 'do not ask; use the defaults' },
    force: { type: 'boolean', help: 'overwrite files that are different' },
    'dry-run': { type: 'boolean', help: 'list the files, and write nothing' },
  },
  exitCodes: {
    0: 'all checks are green',
    1: 'findings in the document, or of the check',
    2: 'wrong usage, files in the way, or a failed install',
  },
  run: async (options, context) => {
    const { runInit } = await import('./init.ts');
    return runInit(options, context);
  },
});
