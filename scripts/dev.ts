import { type CommandEntry, dispatch } from './cli/dispatch.ts';
import { commands as published } from './commands.ts';

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
  docs: {
    summary: 'write the generated pages of the documentation, its site and its pictures',
    load: async () => {
      const { createDocsCommand } = await import('./dev/docs/command.ts');
      return { command: createDocsCommand(published) };
    },
  },
  version: {
    summary: 'raise the version of the package and the spec from the changesets',
    load: () => import('./dev/version.ts'),
  },
};

process.exitCode = await dispatch('node scripts/dev.ts', commands, process.argv.slice(2));
