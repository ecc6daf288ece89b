import { type CommandEntry, dispatch } from './dispatch.ts';

/** What only whoever works on this toolkit needs, and is not published. */
const commands: Record<string, CommandEntry> = {
  build: {
    summary: 'write dist/, which is what gets published',
    load: () => import('./build/index.ts'),
  },
  mutate: {
    summary: 'prove the gates: change spec and pact by rule, and count what they find',
    load: () => import('./mutate/index.ts'),
  },
  version: {
    summary: 'raise the version of package and spec, as the changesets say',
    load: () => import('./version/index.ts'),
  },
};

process.exitCode = await dispatch('node scripts/dev.ts', commands, process.argv.slice(2));
