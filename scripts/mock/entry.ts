import { requireNewNode } from '../../src/runtime/node-version.ts';

// The mock is imported only after the check, because an older Node.js may fail to load it. `index.ts` has the types.
requireNewNode('openapi-contract-kit/mock');
const mock: typeof import('./index.ts') = await import('./index.ts');

export const connectToMock: typeof mock.connectToMock = mock.connectToMock;
export const startMock: typeof mock.startMock = mock.startMock;
export const startProxy: typeof mock.startProxy = mock.startProxy;
