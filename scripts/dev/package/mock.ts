import { requireNewNode } from '../../../src/runtime/node-version.ts';
import { explainMissingToolkit, ownSpecFile } from './toolkit.ts';

export type * from '../../mock/index.ts';

type Mocks = Pick<typeof import('../../mock/index.ts'), 'startMock' | 'startProxy'>;

export { connectToMock } from '../../mock/connect.ts';

// The mock is imported only after the check, because an older Node.js may fail to load it.
requireNewNode('nexudus-auth-contract/mock');
const bundled: Mocks = await import('../../mock/index.ts');

/**
 * Serves this package's spec as a mock, which Prism answers. Another `specFile` needs the package openapi-contract-kit,
 * which reads it. Resolves once the mock answers.
 *
 * @throws {Error} for a spec that is missing or broken (the message lists the findings), and for a host or a port that
 *   cannot be bound
 * @example
 * await using mock = await startMock();
 * await fetch(`${mock.url}/api/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'password' }) });
 */
export const startMock: Mocks['startMock'] = async (settings) =>
  (await loadMocks(settings?.specFile)).startMock({ specFile: ownSpecFile, ...settings });

/**
 * Forwards each request to a real server and gives its answer back as it is. Prism checks both against this package's
 * spec; what breaks it is in the answer's header `sl-violations`. Another `specFile` needs the package
 * openapi-contract-kit, which reads it. Resolves once the proxy listens.
 *
 * @throws {Error} for a target that credentials must not be sent to, for a spec that is missing or broken, for a host or
 *   a port that cannot be bound, and for a recording that could not be written
 * @example
 * await using proxy = await startProxy({ target: 'https://your-space.spaces.nexudus.com', recordFile: 'traffic.har' });
 * const client = createNexudusAuthClient({ baseUrl: proxy.url });
 */
export const startProxy: Mocks['startProxy'] = async (settings) =>
  (await loadMocks(settings.specFile)).startProxy({ specFile: ownSpecFile, ...settings });

async function loadMocks(specFile: string | undefined): Promise<Mocks> {
  if (specFile === undefined) {
    return bundled;
  }
  try {
    return await import('openapi-contract-kit/mock');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') {
      throw cause;
    }
    throw new Error(explainMissingToolkit('A mock of another spec'), { cause });
  }
}
