import type { CommandContext } from '../../cli/command.ts';
import { parseServerUrl } from '../../http/server.ts';
import { findOwnSpec, loadSpec } from '../engine/spec.ts';
import type { ProxySettings, ValidationProxy } from './settings.ts';

/**
 * Forwards each request to a real server and gives its answer back as it is. Prism validates both; what breaks the
 * spec stands in the response header `sl-violations`. Resolves once it listens.
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

/**
 * Serves a proxy until it is closed. Prints one line to stdout when it is ready, and each violation to stderr. From then
 * on, no signal ends the process before the recording is saved.
 *
 * @param closeInTime closes it when it is time to
 * @throws {SetupError} of `startProxy`, and for a recording that cannot be written in the end
 */
export async function runProxy(
  settings: ProxySettings,
  { stdout, stderr }: CommandContext,
  closeInTime: (proxy: ValidationProxy) => Promise<void>,
): Promise<void> {
  const { href: target } = parseServerUrl('--proxy', settings.target);
  const proxy = await startProxy({ ...settings, target, tell: stderr });
  stdout(`Proxy to ${proxy.target} ready at ${proxy.url}, checking traffic against ${proxy.title}`);
  await closeInTime(proxy);
}
