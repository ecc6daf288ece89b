/** What generated clients stand on, as `openapi-contract-kit/client`. */
export * from '../src/runtime/index.ts';
