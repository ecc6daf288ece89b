import { type CommandEntry, dispatch } from './cli/dispatch.ts';

/** Commands for developing this toolkit. They are not published. */
const commands: Record<string, CommandEntry> = {
  corpus: {
    summary: 'take hundreds of documents that nobody here wrote through all that the toolkit does',
    load: () => import('./dev/corpus/command.ts'),
  },
  build: {
    summary: 'build dist/, which is what gets published',
    load: () => import('./dev/build/command.ts'),
  },
  version: {
    summary: 'raise the version of the package and the spec from the changesets',
    load: () => import('./dev/version.ts'),
  },
};

process.exitCode = await dispatch('node scripts/dev.ts', commands, process.argv.slice(2));
