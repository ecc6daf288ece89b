import type { RequestListener } from 'node:http';
import { SetupError } from '../command.ts';
import type { Spec } from '../spec/read-spec.ts';
import { type Control, createControl } from './control/control.ts';
import type { Forced } from './control/forced.ts';
import type { JournalEntry } from './control/journal.ts';
import { readForced } from './control/read-forced.ts';
import { formatCurl } from './curl.ts';
import { findExampleRequest } from './example-request.ts';
import { createRequestListener, type OnAnswer } from './handle-request.ts';
import { type CertificateFiles, openServer } from './open-server.ts';
import { createPrism, type Prism } from './prism.ts';

/** Where to serve. */
export interface ServerSettings {
  /** Default: 0, which picks a free one. */
  port?: number;
  /** The name or the address to listen on. Default: `127.0.0.1`, which this machine alone reaches. */
  host?: string;
  /** How long a client may take to send one request, in milliseconds. Default: 10,000. */
  requestTimeoutMs?: number;
  /** Files in PEM, to serve HTTPS with. Default: HTTP. */
  tls?: CertificateFiles | undefined;
}

/** A mock that answers, until it is closed. */
export interface Mock extends AsyncDisposable {
  /** Without a trailing slash, as `http://127.0.0.1:4010`. */
  url: string;
  /** Title and version of the spec. */
  title: string;
  /** A shell command that gets an answer from the mock. */
  curl: string;
  /** Lists the last 200 requests and how they were answered, oldest first. Secrets read `***`. */
  journal: () => JournalEntry[];
  clearJournal: () => void;
  /**
   * Has the next calls of an operation answered so, whatever they ask for.
   *
   * @throws {Error} for what the spec does not document; its `detail` lists what it does
   */
  force: (forced: Forced) => void;
  /** Forgets what is forced and what was journaled. */
  reset: () => void;
  /**
   * Serves another spec from now on, and forgets what is forced and what was journaled.
   *
   * @throws {SetupError} when Prism can't load it; the mock then keeps the one that it has
   */
  reload: (spec: Spec) => Promise<void>;
  /** Stops the mock within moments. Open connections are cut. */
  close: () => Promise<void>;
}

/**
 * Serves a spec that is read already. Resolves once Prism answers.
 *
 * @throws {SetupError} for a spec without operations or that Prism can't load, and for a host or a port that cannot
 *   be bound
 */
export async function serveSpec(
  spec: Spec,
  settings: ServerSettings & { onAnswer?: OnAnswer } = {},
): Promise<Mock> {
  const { port = 0, host = '127.0.0.1', requestTimeoutMs = 10_000, tls, onAnswer } = settings;
  const scheme = tls === undefined ? 'http' : 'https';
  let served = await load(spec, scheme, onAnswer);
  const example = await findExampleRequest(served.prism);
  if (example === undefined) {
    throw new SetupError(
      `The spec ${spec.file} has no operations: add one under "paths", or name another spec with --spec.`,
    );
  }
  const listener: RequestListener = (request, response) => served.listener(request, response);
  const { url, close } = await openServer(listener, { port, host, requestTimeoutMs, tls });
  const { title = 'an API', version = '' } = spec.document.info ?? {};
  return {
    url,
    title: `${title} ${version}`.trim(),
    curl: formatCurl(url, example),
    journal: () => served.control.journal.list(),
    clearJournal: () => served.control.journal.clear(),
    force: (forced) => served.control.forced.add(readForced(forced, served.control.answers)),
    reset: () => served.control.reset(),
    reload: async (changed) => {
      served = await load(changed, scheme, onAnswer);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Served {
  prism: Prism;
  control: Control;
  listener: RequestListener;
}

async function load(spec: Spec, scheme: 'http' | 'https', onAnswer: OnAnswer | undefined): Promise<Served> {
  const prism = await loadPrism(spec);
  const control = createControl(spec.document, prism, scheme);
  return { prism, control, listener: createRequestListener(prism, control, onAnswer) };
}

async function loadPrism({ file, document }: Spec): Promise<Prism> {
  try {
    return await createPrism(document);
  } catch (cause) {
    throw new SetupError(`Prism cannot load the spec ${file}: ${(cause as Error).message}`, { cause });
  }
}
