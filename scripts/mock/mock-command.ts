import { type Command, parseOptions, SetupError } from '../command.ts';
import { findOwnSpec } from './load-spec.ts';
import { checkProxyOptions, runProxy } from './proxy/run-proxy.ts';
import { type MockSettings, startMock } from './start-mock.ts';
import { watchSpec } from './watch-spec.ts';

/** The text of `mock --help`. */
export const usage: Command['usage'] = `Usage: nexudus-auth-contract mock [options]

Serves the spec as a mock, with Prism: requests are validated, and answered with the spec's examples.
Says on stdout when it is ready. SIGINT (Ctrl+C) or SIGTERM stops it.

Options:
  --port N       the port to listen on, 0 picks a free one (default 4010)
  --host HOST    the name or the address to listen on (default 127.0.0.1)
  --allow-host NAME
                 another name that /__mock__/ may be called by, such as that of a container; repeatable.
                 It always takes localhost, any IP address and the name of --host, and no page of another origin
  --spec FILE    the spec to serve (default: the toolkit's own)
  --cert FILE    serve HTTPS with this certificate, in PEM
  --key FILE     and this private key
  --simulate     keep sessions: tokens are fresh, expire and are used up, and no others are taken
  --proxy URL    forward to the real server at URL, and report what breaks the spec
  --record FILE  with --proxy: write the traffic to a HAR file in the end, with secrets masked
  --watch        reload when the spec changes; a broken one is reported, and the last good one stays

A request picks its answer with a header, such as
  Prefer: code=400, example=invalid_grant
  Prefer: dynamic=true
or with ?__code=400&__example=invalid_grant in its URL. GET /__mock__/ shows all answers and what was asked.

Exit code: 0 stopped, 2 wrong usage, a broken spec or an address that is in use.`;

/**
 * Serves a mock until a signal stops it, and resolves to 0. The one line on stdout says that it answers.
 *
 * @throws {SetupError} for wrong options, a broken spec, and a host or a port that cannot be bound
 */
export const run: Command['run'] = async (args, context) => {
  const { stdout, stderr, env } = context;
  const options = parseOptions(args, {
    port: { type: 'string', default: '4010' },
    host: { type: 'string', default: '127.0.0.1' },
    'allow-host': { type: 'string', multiple: true },
    spec: { type: 'string' },
    cert: { type: 'string' },
    key: { type: 'string' },
    proxy: { type: 'string' },
    record: { type: 'string' },
    simulate: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
  });
  checkProxyOptions(options);
  const port = parsePort(options.port);
  const { host, spec = findOwnSpec(), proxy, record, simulate, watch } = options;
  // Listening before the start, so that a signal in the midst of it, too, ends in an orderly way.
  using stop = listenForSignals(env.npm_lifecycle_event !== undefined);
  const allowedHosts = parseHosts(options['allow-host']);
  const place = { port, host, allowedHosts, specFile: spec, tls: readTls(options) };
  if (proxy !== undefined) {
    await runProxy({ ...place, target: proxy, recordFile: record }, context, stop.signalled);
    return 0;
  }
  await using mock = await startMock({ ...place, simulate });
  using _watching = watch ? watchSpec(mock, spec, stderr) : undefined;
  stdout(`Mock of ${mock.title} ready at ${mock.url} — try: ${mock.curl}`);
  await stop.signalled;
  return 0;
};

function readTls({
  cert,
  key,
}: {
  cert?: string | undefined;
  key?: string | undefined;
}): MockSettings['tls'] {
  if ((cert === undefined) !== (key === undefined)) {
    throw new SetupError('--cert and --key belong together: name both, or neither.');
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
