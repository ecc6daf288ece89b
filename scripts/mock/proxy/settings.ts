import type { ServerSettings } from '../../http/server.ts';
import type { JournalEntry } from '../control/journal.ts';
import type { LoadSettings } from '../engine/spec.ts';

/** Where to forward to, what to check it against, and where to serve. The names are those of `startMock`. */
export interface ProxySettings extends ServerSettings, LoadSettings {
  /** The real server, such as `https://api.example.com`, with a path that goes before each request's. */
  target: string;
  /**
   * An OpenAPI document, YAML or JSON: a path or an http(s) URL. Default: that of the `contract.config.ts` in the working
   * directory.
   */
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
  /**
   * Does what `close` does once the requests that are being answered have ended, for which they have `timeoutMs`
   * milliseconds at most. `close` ends the wait.
   */
  drain: (timeoutMs: number) => Promise<void>;
}
