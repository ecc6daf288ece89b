import { requireNewNode } from '../runtime/node-version.ts';

// A module of its own, because modules run in the order in which they are imported: this one before MSW.
requireNewNode('nexudus-auth-contract/msw');
