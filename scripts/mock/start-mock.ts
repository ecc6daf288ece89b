import { fileURLToPath } from 'node:url';
import { SetupError } from '../command.ts';
import { formatFinding } from '../finding.ts';
import type { Spec } from '../spec/read-spec.ts';
import { formatCurl } from './curl.ts';
import { findExampleRequest } from './example-request.ts';
import { createRequestListener } from './handle-request.ts';
import { openServer } from './open-server.ts';
import { createPrism, type Prism } from './prism.ts';

/** What to serve, and where. */
export interface MockSettings {
  /** An OpenAPI file, YAML or JSON. Default: the toolkit's own spec. */
  specFile?: string;
  /** Default: 0, which picks a free one. */
  port?: number;
  /** The name or the address to listen on. Default: `127.0.0.1`, which this machine alone reaches. */
  host?: string;
  /** How long a client may take to send one request, in milliseconds. Default: 10,000. */
  requestTimeoutMs?: number;
}

/** A mock that answers, until it is closed. */
export interface Mock extends AsyncDisposable {
  /** Without a trailing slash, as `http://127.0.0.1:4010`. */
  url: string;
  /** Title and version of the spec. */
  title: string;
  /** A shell command that gets an answer from the mock. */
  curl: string;
  /** Stops the mock within moments. Open connections are cut. */
  close: () => Promise<void>;
}

/**
 * Serves a spec as a mock, which Prism answers. Resolves once it does.
 *
 * @throws {SetupError} for a spec that is missing, broken (the message lists the findings) or without operations,
 *   and for a host or a port that cannot be bound
 * @example
 * await using mock = await startMock();
 * await fetch(`${mock.url}/api/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'password' }) });
 */
export async function startMock(settings: MockSettings = {}): Promise<Mock> {
  const { port = 0, host = '127.0.0.1', requestTimeoutMs = 10_000 } = settings;
  const spec = await loadSpec(settings.specFile ?? findOwnSpec());
  const prism = await loadPrism(spec);
  const example = await findExampleRequest(prism);
  if (example === undefined) {
    throw new SetupError(
      `The spec ${spec.file} has no operations: add one under "paths", or name another spec with --spec.`,
    );
  }
  const { url, close } = await openServer(createRequestListener(prism), { port, host, requestTimeoutMs });
  const { title = 'an API', version = '' } = spec.document.info ?? {};
  return {
    url,
    title: `${title} ${version}`.trim(),
    curl: formatCurl(url, example),
    close,
    [Symbol.asyncDispose]: close,
  };
}

// By the package's own name, which leads to the spec from the sources and from the compiled files alike.
function findOwnSpec(): string {
  return fileURLToPath(import.meta.resolve('nexudus-auth-contract/openapi.yaml'));
}

async function loadSpec(file: string): Promise<Spec> {
  const { readSpec } = await import('../spec/read-spec.ts');
  const { spec, findings } = await readSpec(file);
  if (spec === undefined) {
    throw new SetupError(findings.map(formatFinding).join('\n'));
  }
  return spec;
}

async function loadPrism({ file, document }: Spec): Promise<Prism> {
  try {
    return await createPrism(document);
  } catch (cause) {
    throw new SetupError(`Prism cannot load the spec ${file}: ${(cause as Error).message}`, { cause });
  }
}
