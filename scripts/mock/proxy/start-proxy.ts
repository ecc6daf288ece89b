import { parseServerUrl } from '../../verify/parse-server-url.ts';
import type { JournalEntry } from '../control/journal.ts';
import { findOwnSpec, loadSpec } from '../load-spec.ts';
import type { ServerSettings } from '../open-server.ts';

/** Where to forward to, what to hold it against, and where to serve. The names are those of `startMock`. */
export interface ProxySettings extends ServerSettings {
  /** The real server, such as `https://your-space.spaces.nexudus.com`, with a path that goes before each request's. */
  target: string;
  /** An OpenAPI file, YAML or JSON. Default: the toolkit's own spec. */
  specFile?: string;
  /** For how long the real server may be silent before it is given up, in milliseconds. Default: 30,000. */
  targetTimeoutMs?: number;
  /** A HAR file that the traffic is written to when the proxy is closed, with secrets masked. Default: none. */
  recordFile?: string | undefined;
  /** Is given a line for each violation, and one or two for the recording. None holds a secret. Default: nobody. */
  tell?: (line: string) => void;
}

/** A proxy that forwards, until it is closed. */
export interface ValidationProxy extends AsyncDisposable {
  /** Without a trailing slash, as `http://127.0.0.1:4010`. */
  url: string;
  /** Title and version of the spec. */
  title: string;
  /** The real server, without a trailing slash. */
  target: string;
  /** Lists the last 200 requests and how they were answered, oldest first. Secrets read `***`. */
  journal: () => JournalEntry[];
  clearJournal: () => void;
  /**
   * Stops the proxy within moments, and writes the recording, whole or not at all. Open connections are cut.
   *
   * @throws {SetupError} where the recording cannot be written
   */
  close: () => Promise<void>;
}

/**
 * Forwards each request to a real server and gives its answer back as it is. Prism validates both; what breaks the
 * spec stands in the answer's header `sl-violations`. Resolves once it listens.
 *
 * @throws {SetupError} for a target that credentials must not be sent to, for a spec that is missing, broken or that
 *   Prism can't load, for a host or a port that cannot be bound, and for a recording that could not be written
 * @example
 * await using proxy = await startProxy({ target: 'https://your-space.spaces.nexudus.com', recordFile: 'traffic.har' });
 * const client = createNexudusAuthClient({ baseUrl: proxy.url });
 */
export async function startProxy({
  specFile = findOwnSpec(),
  ...settings
}: ProxySettings): Promise<ValidationProxy> {
  const target = parseServerUrl('The target', settings.target);
  // A mock is started without all this.
  const { serveProxy } = await import('./serve-proxy.ts');
  return serveProxy(await loadSpec(specFile), target, settings);
}
