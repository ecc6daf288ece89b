import { requireNewNode } from '../src/runtime/node-version.ts';

// In a module of its own, which is evaluated before MSW: that fails on an older Node.js.
requireNewNode('openapi-contract-kit/msw');
