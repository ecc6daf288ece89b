import { type FSWatcher, watch as watchFolder } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type Command, defineCommand, type OptionValues, SetupError } from '../cli/command.ts';
import { configOption, loadProject } from '../cli/config.ts';
import { type Finding, formatWarnings, isUrl, toLine } from '../cli/finding.ts';
import { chooseSpec, specOptions } from '../cli/spec-choice.ts';
import type { JournalEntry } from './control/journal.ts';
import type { Mock } from './mock.ts';
import type { MockSettings } from './serve.ts';

const options = {
  port: {
    type: 'string',
    short: 'p',
    value: 'N',
    default: '4010',
    help: 'the port to listen on; 0 picks a free port',
  },
  host: {
    type: 'string',
    value: 'HOST',
    default: '127.0.0.1',
    help: 'the host name or address to listen on',
  },
  'allow-host': {
    type: 'string',
    value: 'NAME',
    multiple: true,
    help: 'another host name that may call /__mock__/, such as that of a container. localhost, IP addresses and the name of --host are always allowed. Pages of other origins never are',
  },
  ...specOptions,
  config: configOption,
  cache: {
    type: 'boolean',
    default: true,
    help: 'read the document anew, and keep nothing of it. By default, what was read is kept in your cache folder, and the next start with the same files takes less time',
  },
  cert: { type: 'string', value: 'FILE', help: 'serve HTTPS with this certificate, in PEM. Needs --key' },
  key: { type: 'string', value: 'FILE', help: 'the private key of the certificate, in PEM' },
  dynamic: {
    type: 'boolean',
    short: 'd',
    help: 'make responses up from their schemas, where a request does not say otherwise, as with Prefer: dynamic=true',
  },
  seed: {
    type: 'string',
    value: 'TEXT',
    help: 'make the same values up for the same seed',
  },
  errors: {
    type: 'boolean',
    help: 'respond with an error, 500, instead of a response that breaks the spec. Invalid requests get the documented error with and without it',
  },
  cors: {
    type: 'boolean',
    default: true,
    help: 'send no CORS headers and answer no preflight. By default, pages of all origins may call the mock',
  },
  simulate: {
    type: 'boolean',
    help: 'simulate sessions: issue new tokens that expire or work only once, and reject all other tokens',
  },
  proxy: {
    type: 'string',
    value: 'URL',
    help: 'forward requests to the real server at URL, and report requests and responses that break the spec',
  },
  record: {
    type: 'string',
    value: 'FILE',
    help: 'with --proxy: write the traffic to a HAR file at the end, with secrets masked',
  },
  quiet: {
    type: 'boolean',
    short: 'q',
    help: 'print no line for each request',
  },
  watch: {
    type: 'boolean',
    help: 'reload when the spec changes. A broken spec is reported, and the mock keeps the last good spec',
  },
} as const;

/** `mock`. */
export const command: Command = defineCommand({
  name: 'mock',
  synopsis: ['[options]', 'DOCUMENT [options]'],
  description: `Serves the spec as a mock, with Prism. The mock validates requests and responds with the examples of the spec.
Prints one line to stdout when it is ready, and then one for each request. SIGINT (Ctrl+C) or SIGTERM stops it.`,
  options,
  notes: `Choose a response with a request header, such as
  Prefer: code=400, example=invalid_grant
  Prefer: dynamic=true
or with ?__code=400&__example=invalid_grant in the URL. Open /__mock__/ in a browser for the console: all responses, the
requests as they come in, and forms that force a response, a delay or a fault.`,
  exitCodes: { 0: 'stopped', 2: 'wrong usage, a broken spec or an address that is in use' },
  run: async (options, context) => {
    const { stdout, stderr, env } = context;
    const { proxy, record, simulate, watch } = options;
    checkProxyOptions(options);
    // Listening before the start, so that a signal during the start, too, ends in an orderly way.
    using stop = listenForSignals(env.npm_lifecycle_event !== undefined);
    const place = readPlace(options);
    const { specFile, overlays, allowRemoteRefs } = chooseSpec(
      options,
      await loadProject({ configFile: options.config }),
      ['The mock needs the spec that it serves', 'mock openapi.yaml'],
    );
    if (watch && isUrl(specFile)) {
      throw new SetupError('--watch works only with a file, and the document is a URL. Remove --watch.');
    }
    const onWarnings = (findings: readonly Finding[]) => formatWarnings(findings).forEach(stderr);
    const spec = { specFile, overlays, allowRemoteRefs, cache: options.cache, onWarnings };
    if (proxy !== undefined) {
      const { runProxy } = await import('./proxy/proxy.ts');
      await runProxy({ ...place, ...spec, target: proxy, recordFile: record }, context, stop.signalled);
      return 0;
    }
    const { startMock } = await import('./serve.ts');
    const { dynamic, seed, errors, cors } = options;
    await using mock = await startMock({ ...place, ...spec, simulate, dynamic, seed, errors, cors });
    using _watching = watch ? watchSpec(mock, specFile, stderr) : undefined;
    stdout(`Mock of ${mock.title} ready at ${mock.url} (console: ${mock.url}/__mock__/) — try: ${mock.curl}`);
    using _logging = options.quiet ? undefined : logRequests(mock, stdout);
    await stop.signalled;
    return 0;
  },
});

type MockOptions = OptionValues<typeof options>;

function readPlace(options: MockOptions): Pick<MockSettings, 'port' | 'host' | 'allowedHosts' | 'tls'> {
  return {
    port: parsePort(options.port),
    host: options.host,
    allowedHosts: parseHosts(options['allow-host']),
    tls: readTls(options),
  };
}

function checkProxyOptions({ proxy, record, ...ofMock }: MockOptions): void {
  if (proxy === undefined && record !== undefined) {
    throw new SetupError('--record works only with --proxy: a mock knows its own responses. Try --help.');
  }
  const { simulate, watch, dynamic, errors, seed, cors, quiet } = ofMock;
  const given = { simulate, watch, quiet, dynamic, errors, seed: seed !== undefined, 'no-cors': !cors };
  const [option] = Object.entries(given).flatMap(([name, isGiven]) => (isGiven ? [`--${name}`] : []));
  if (proxy !== undefined && option !== undefined) {
    throw new SetupError(
      `${option} does not work with --proxy, where the real server responds. Remove one of the two.`,
    );
  }
}

function readTls({ cert, key }: MockOptions): MockSettings['tls'] {
  if ((cert === undefined) !== (key === undefined)) {
    throw new SetupError('--cert and --key belong together. Pass both or neither.');
  }
  return cert === undefined || key === undefined ? undefined : { certificate: cert, privateKey: key };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new SetupError(`--port is "${text}", expected a number from 0 to 65535. 0 picks a free port.`);
  }
  return port;
}

function parseHosts(names: readonly string[] = []): readonly string[] {
  const odd = names.find((name) => !/^[^\s/:@]+$/.test(name));
  if (odd !== undefined) {
    throw new SetupError(
      `--allow-host is "${odd}", expected a name without scheme and port, such as mock.example.`,
    );
  }
  return names;
}

// Often enough to look as if at once. However many requests there are, the server is held up only so often.
const logEveryMs = 150;

/**
 * Prints a line for each request, and how many are left out where they are more than the journal holds.
 *
 * @returns a disposable that prints the last ones and stops
 */
export function logRequests(mock: Pick<Mock, 'journal'>, tell: (line: string) => void): Disposable {
  let lastId = 0;
  const log = (): void => {
    const entries = mock.journal(lastId);
    const skipped = (entries[0]?.id ?? 0) - lastId - 1;
    if (skipped > 0 && lastId > 0) {
      tell(`… ${skipped} more requests`);
    }
    entries.map(formatEntry).forEach(tell);
    lastId = entries.at(-1)?.id ?? lastId;
  };
  const timer = setInterval(log, logEveryMs);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      log();
    },
  };
}

function formatEntry(entry: JournalEntry): string {
  const { method, path, status, fault, durationMs = 0, operationId, choice, violations } = entry;
  const reason = [choice?.by, choice?.example].filter(Boolean).join(' ');
  const problems = violations.length === 0 ? '' : ` — ${violations.map(({ message }) => message).join('; ')}`;
  const answer = [status, fault].filter((part) => part !== undefined).join(' ');
  const what = [operationId, reason && `(${reason})`].filter(Boolean).join(' ');
  return toLine(`${method} ${path} ${answer} ${Math.round(durationMs)} ms ${what}${problems}`.slice(0, 500));
}

function listenForSignals(isRunByNpm: boolean): Disposable & { signalled: Promise<void> } {
  let resolve = (): void => {};
  const promise = new Promise<void>((stop) => {
    resolve = stop;
  });
  process.once('SIGINT', resolve).once('SIGTERM', resolve);
  const watch = isRunByNpm ? watchParent(resolve) : undefined;
  return {
    signalled: promise,
    [Symbol.dispose]: () => {
      process.off('SIGINT', resolve).off('SIGTERM', resolve);
      clearInterval(watch);
    },
  };
}

// npm passes a SIGTERM to the shell that it runs a script in, and the shell dies of it without passing it on: what
// is left to see is that the parent is another one.
function watchParent(onOrphaned: () => void): NodeJS.Timeout {
  const parent = process.ppid;
  return setInterval(() => process.ppid !== parent && onOrphaned(), 200);
}

// An editor writes a file in several steps.
const settleMs = 100;
// A folder that cannot be watched, since it is gone for one, is tried again.
const retryMs = 1000;

/**
 * Reloads a mock whenever a YAML or JSON file in the folder of its spec changes. While the spec is broken, the mock
 * keeps the last good spec. While the folder cannot be watched, reports it once and tries again.
 *
 * @param tell receives a line for each reload, the findings, or why the folder cannot be watched
 * @param watch default: that of Node
 * @returns a disposable that stops watching
 */
export function watchSpec(
  mock: Pick<Mock, 'reload'>,
  specFile: string,
  tell: (line: string) => void,
  watch: typeof watchFolder = watchFolder,
): Disposable {
  const folder = dirname(resolve(specFile));
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isFailureTold = false;
  const schedule = (delayMs: number): void => {
    clearTimeout(timer);
    timer = setTimeout(renew, delayMs);
  };
  const close = (): void => {
    clearTimeout(timer);
    watcher?.close();
    watcher = undefined;
  };
  const fail = (error: unknown): void => {
    close();
    if (!isFailureTold) {
      tell(`Cannot watch ${folder}: ${(error as Error).message}. The mock tries again every second.`);
    }
    isFailureTold = true;
    schedule(retryMs);
  };
  const open = (): void => {
    const opened = watch(folder, (_event, name) => {
      // When the folder itself is deleted or moved, the event has its name.
      if (name === null || name === basename(folder) || /\.(ya?ml|json)$/.test(name)) {
        schedule(settleMs);
      }
    });
    opened.on('error', fail);
    watcher?.close();
    watcher = opened;
    isFailureTold = false;
  };
  // A watcher stays with the folder that it was opened for, also when another one has taken its place.
  const renew = async (): Promise<void> => {
    try {
      open();
    } catch (error) {
      fail(error);
      return;
    }
    try {
      await mock.reload(specFile);
      tell(`Reloaded ${specFile}.`);
    } catch (error) {
      tell(`${(error as Error).message}\nThe mock keeps the last good spec.`);
    }
  };
  try {
    open();
  } catch (error) {
    fail(error);
  }
  return { [Symbol.dispose]: close };
}
