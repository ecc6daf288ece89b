// What a page may name without declaring it. `placeholders.ts` has their values for snippets that are run.

/** What a reader has: an address, credentials, something to ask the customer. */
declare const username: string;
declare const password: string;
declare const portalUrl: string;
declare const baseUrl: string;
declare function askForCode(): string;

/** The data of a reader's tests, of `openapi.yaml`. */
declare const train: { id: number; kind: 'express' | 'local' };
declare const problem: { title: string };

/** A reader's server, and what supertest makes of it. */
declare const app: unknown;
declare function request(app: unknown): { get: (path: string) => Promise<{ status: number }> };

/** What a test file or a config imports in its first lines. */
declare const createNexudusAuthClient: typeof import('nexudus-auth-contract').createNexudusAuthClient;
declare const defineContract: typeof import('openapi-contract-kit/config').defineContract;
declare const expect: typeof import('vitest').expect;
declare const setupServer: typeof import('msw/node').setupServer;
declare const startMock: typeof import('openapi-contract-kit/mock').startMock;
