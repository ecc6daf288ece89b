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
 * Serves a proxy until a promise resolves. Prints one line to stdout when it is ready, and each violation to stderr.
 * From then on, no signal ends the process before the recording is saved.
 *
 * @throws {SetupError} of `startProxy`, and for a recording that cannot be written in the end
 */
export async function runProxy(
  settings: ProxySettings,
  { stdout, stderr }: CommandContext,
  stopped: Promise<void>,
): Promise<void> {
  const { href: target } = parseServerUrl('--proxy', settings.target);
  const started = await startProxy({ ...settings, target, tell: stderr });
  using _signals = settings.recordFile === undefined ? undefined : outliveSignals();
  await using proxy = started;
  stdout(`Proxy to ${proxy.target} ready at ${proxy.url}, checking traffic against ${proxy.title}`);
  await stopped;
}

// A second Ctrl+C would lose what the first one has begun to save.
function outliveSignals(): Disposable {
  const ignore = (): void => {};
  process.on('SIGINT', ignore).on('SIGTERM', ignore);
  return { [Symbol.dispose]: () => process.off('SIGINT', ignore).off('SIGTERM', ignore) };
}
