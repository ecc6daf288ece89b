import { type CommandEntry, dispatch } from '../dispatch.ts';

const commands: Record<string, CommandEntry> = {
  mock: {
    summary: 'measure the mock beside plain Prism and others',
    load: () => import('./mock/index.ts'),
  },
  client: {
    summary: 'measure the generated client beside openapi-fetch and others',
    load: () => import('./client/index.ts'),
  },
  soak: {
    summary: 'send a million requests, and see what the mock keeps of them',
    load: () => import('./soak/index.ts'),
  },
};

process.exitCode = await dispatch('npm run bench --', commands, process.argv.slice(2));
