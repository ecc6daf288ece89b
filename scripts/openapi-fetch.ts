/** Creates a client of openapi-fetch from a generated table of operations, as `openapi-contract-kit/openapi-fetch`. */
export * from '../src/runtime/openapi-fetch.ts';
