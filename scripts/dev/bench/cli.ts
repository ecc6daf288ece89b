import { type CommandEntry, dispatch } from '../../cli/dispatch.ts';

const commands: Record<string, CommandEntry> = {
  mock: {
    summary: 'compare the mock with plain Prism and other servers',
    load: () => import('./mock.ts'),
  },
  growth: {
    summary: "compare the mock with plain Prism on GitHub's document, of more than a thousand operations",
    load: () => import('./growth.ts'),
  },
  client: {
    summary: 'compare the generated client with openapi-fetch and others',
    load: () => import('./client.ts'),
  },
  generate: {
    summary: 'compare what is generated from public documents with Hey API, orval and openapi-typescript',
    load: () => import('./generate.ts'),
  },
  soak: {
    summary: 'send a million requests and check that the mock does not leak memory',
    load: () => import('./soak.ts'),
  },
};

process.exitCode = await dispatch('npm run bench --', commands, process.argv.slice(2));
