// biome-ignore-all lint/suspicious/noTsIgnore: which of the test runners is installed is not known.
// biome-ignore-all lint/complexity/noBannedTypes: so @types/jest has it, and a declaration must be the same.
import { requireNewNode } from '../src/runtime/node-version.ts';
import type { CalledOperation, Contract } from './matchers/contract.ts';

requireNewNode('openapi-contract-kit/matchers');

/** Which document responses are checked against. */
export interface MatcherSettings {
  /** The OpenAPI document: a path, or an http(s) URL. */
  specFile: string;
  /** The paths of overlays, in the order in which they are applied. Default: none. */
  overlays?: readonly string[];
  /** Whether a `$ref` may lead to another server, or from a file to a server. Default: false. */
  allowRemoteRefs?: boolean;
  /** The URL that the paths of the document are under. Default: the base paths of its servers, or none, on any host. */
  baseUrl?: string;
}

/**
 * Names the operations of your document, so that a misspelt one does not compile.
 *
 * @example
 * declare module 'openapi-contract-kit/matchers' {
 *   interface Register { operationId: import('./generated/operations.ts').OperationId }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be added to.
export interface Register {}

/** An operation by its `operationId`, or by its method and path; the method alone where the response has a URL. */
export type OperationChoice =
  | (Register extends { operationId: infer Id extends string } ? Id : string)
  | Exclude<CalledOperation, string>;

/** What `expect` of vitest and of jest is extended with: a type and no interface, as they ask for an index signature. */
export type ContractMatchers = {
  toMatchContract: (
    received: unknown,
    operation?: OperationChoice,
  ) => Promise<{ pass: boolean; message: () => string }>;
};

/** What an assertion has then. */
export interface ContractAssertion {
  /**
   * Checks a response against the document: the status is documented for the operation, its headers and its JSON body are
   * as the document says. Await it. Takes the `Response` of fetch, of which the body is left to be read, the responses of
   * supertest, axios and `inject`, the results of a generated client and of openapi-fetch, and any object of `status`,
   * `headers` and `body`.
   *
   * @param operation an `operationId`, or a method and path. Default: what the response says of its request; a `Response`
   *   says no method, which its path must not need
   */
  toMatchContract(operation?: OperationChoice): Promise<void>;
}

/**
 * Creates the matcher `toMatchContract` for `expect.extend` of vitest and of jest. The document is read when it is first
 * needed, and once. No message has a text of a response in it, nor a number under the name of a secret.
 *
 * The matcher rejects where it has nothing to check: no such document or operation, a body that was read already.
 *
 * @example
 * expect.extend(createContractMatchers({ specFile: 'openapi.yaml' }));
 * await expect(await fetch(`${baseUrl}/trains/7`)).toMatchContract('getTrain');
 */
export function createContractMatchers(settings: MatcherSettings): ContractMatchers {
  let loading: Promise<Contract> | undefined;
  const load = async (): Promise<Contract> => {
    const { loadContract } = await import('./matchers/contract.ts');
    return loadContract(settings);
  };
  return {
    toMatchContract: async (received, operation) => {
      loading ??= load();
      const contract = await loading;
      const { call, violations } = await contract.check(received, operation);
      const pass = violations.length === 0;
      const expected = `Expected the response ${pass ? 'not to match' : 'to match'} the contract ${contract.file}.`;
      const lines = violations.map((violation) => `- ${violation}`);
      return { pass, message: () => [expected, '', `${call}${pass ? '' : ':'}`, ...lines].join('\n') };
    },
  };
}

// Neither vitest nor jest need be installed: the compiler is silent about the one that is not. Type parameters are theirs.
/** @ts-ignore */
declare module 'vitest' {
  /** @ts-ignore */
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends ContractAssertion {}
}
/** @ts-ignore */
declare module 'expect' {
  /** @ts-ignore */
  interface Matchers<R extends void | Promise<void>, T = unknown> extends ContractAssertion {}
}
declare global {
  namespace jest {
    /** @ts-ignore */
    interface Matchers<R, T = {}> extends ContractAssertion {}
  }
}
