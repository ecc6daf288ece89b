import { type CommandContext, SetupError } from '../../command.ts';
import { parseServerUrl } from '../../verify/parse-server-url.ts';
import { type ProxySettings, startProxy } from './start-proxy.ts';

/** The options of `mock` that a proxy has a say in. */
export interface ProxyOptions {
  proxy?: string | undefined;
  record?: string | undefined;
  simulate: boolean;
  watch: boolean;
}

/**
 * Refuses options that don't go together.
 *
 * @throws {SetupError} that names them
 */
export function checkProxyOptions({ proxy, record, simulate, watch }: ProxyOptions): void {
  if (proxy === undefined && record !== undefined) {
    throw new SetupError('--record goes with --proxy only: a mock knows its own answers. Try --help.');
  }
  if (proxy !== undefined && (simulate || watch)) {
    const option = simulate ? '--simulate' : '--watch';
    throw new SetupError(
      `${option} goes with a mock only: with --proxy, the real server answers. Try --help.`,
    );
  }
}

/**
 * Serves a proxy until a promise resolves. The one line on stdout says that it forwards; each violation is a line on
 * stderr. Once it forwards, no signal ends the process before its recording is saved.
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
  stdout(`Proxy to ${proxy.target} ready at ${proxy.url}, held against ${proxy.title}`);
  await stopped;
}

// A second Ctrl+C would lose what the first one has begun to save.
function outliveSignals(): Disposable {
  const ignore = (): void => {};
  process.on('SIGINT', ignore).on('SIGTERM', ignore);
  return { [Symbol.dispose]: () => process.off('SIGINT', ignore).off('SIGTERM', ignore) };
}
