import { parseServerUrl } from '../../http/server.ts';
import { findOwnSpec, loadSpec } from '../engine/spec.ts';
import type { ProxySettings, ValidationProxy } from './settings.ts';

/**
 * Forwards each request to a real server and gives its answer back as it is. Prism validates both; what breaks the
 * spec stands in the answer's header `sl-violations`. Resolves once it listens.
 *
 * @throws {SetupError} for a target that credentials must not be sent to, for a spec that is missing, broken or that
 *   Prism can't load, for a host or a port that cannot be bound, and for a recording that could not be written
 * @example
 * await using proxy = await startProxy({ target: 'https://api.example.com', recordFile: 'traffic.har' });
 * await fetch(`${proxy.url}/items/7`);
 */
export async function startProxy({ specFile, ...settings }: ProxySettings): Promise<ValidationProxy> {
  const target = parseServerUrl('The target', settings.target);
  // A mock is started without all this.
  const { serveProxy } = await import('./listener.ts');
  return serveProxy(await loadSpec(specFile ?? (await findOwnSpec()), settings), target, settings);
}
