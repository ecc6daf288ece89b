import type { CommandContext } from '../../cli/command.ts';
import { parseServerUrl } from '../../http/server.ts';
import { startProxy } from './proxy.ts';
import type { ProxySettings } from './settings.ts';

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
