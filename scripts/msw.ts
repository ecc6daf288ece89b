import './msw-guard.ts';

/** Creates MSW handlers from a generated table of operations and its examples, as `openapi-contract-kit/msw`. */
export * from '../src/runtime/msw.ts';
