import type { Mock } from '../mock/mock.ts';
import { serveSpec } from '../mock/serve-spec.ts';
import type { GateContext } from './gate.ts';

/** What gates are run with, until it is disposed of. */
export interface OpenContext extends GateContext, AsyncDisposable {}

/**
 * Gives the gates one mock of the spec, started by the first that asks, and stops it in the end.
 *
 * @throws {SetupError} from `mock()`, where the mock can't be started
 */
export function openContext(documents: Omit<GateContext, 'mock'>): OpenContext {
  let mock: Promise<Mock> | undefined;
  return {
    ...documents,
    mock: () => {
      mock ??= serveSpec(documents.spec);
      return mock;
    },
    [Symbol.asyncDispose]: async () => {
      await (await mock?.catch(() => undefined))?.close();
    },
  };
}
