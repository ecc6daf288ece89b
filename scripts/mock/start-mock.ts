import { findOwnSpec, loadSpec } from './load-spec.ts';
import type { Mock, MockServerSettings } from './mock.ts';
import { serveSpec } from './serve-spec.ts';

/** What to serve, and where. */
export interface MockSettings extends MockServerSettings {
  /** An OpenAPI file, YAML or JSON. Default: the toolkit's own spec. */
  specFile?: string;
}

/**
 * Serves a spec as a mock, which Prism answers. Resolves once it does.
 *
 * @throws {SetupError} for a spec that is missing, broken (the message lists the findings), without operations or
 *   without those that `simulate` needs, and for a host or a port that cannot be bound
 * @example
 * await using mock = await startMock();
 * await fetch(`${mock.url}/api/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'password' }) });
 */
export async function startMock({ specFile = findOwnSpec(), ...settings }: MockSettings = {}): Promise<Mock> {
  return serveSpec(await loadSpec(specFile), settings);
}
