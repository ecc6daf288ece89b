import { formatTitle } from '../../spec/format-title.ts';
import type { ServedSpec } from '../compiled-spec.ts';
import { createControl } from '../control/control.ts';
import { openServer } from '../open-server.ts';
import { loadPrism } from '../serve-spec.ts';
import { openRecorder, type Recorder } from './har/recorder.ts';
import { createHide } from './hide-secrets.ts';
import { createProxyListener } from './proxy-listener.ts';
import type { ProxySettings, ValidationProxy } from './start-proxy.ts';

/**
 * Serves a proxy, with a spec that is read already.
 *
 * @throws {SetupError} for a spec that Prism can't load, for a host or a port that cannot be bound, and for a recording
 *   that could not be written
 */
export async function serveProxy(
  spec: ServedSpec,
  baseUrl: URL,
  settings: Omit<ProxySettings, 'target' | 'specFile'>,
): Promise<ValidationProxy> {
  const { targetTimeoutMs = 30_000, recordFile, tell = () => {} } = settings;
  const recorder = recordFile === undefined ? undefined : openRecorder(recordFile, spec.document, baseUrl);
  const prism = await loadPrism(spec);
  const control = createControl(spec.document, prism, settings);
  const upstream = { baseUrl, timeoutMs: targetTimeoutMs };
  const hide = createHide(spec.document);
  const listener = createProxyListener({ prism, control, upstream, recorder, hide, tell });
  const server = await openServer(listener, settings);
  const close = closeOnce(server.close, recorder, tell);
  return {
    url: server.url,
    title: formatTitle(spec.document),
    target: baseUrl.href.replace(/\/$/, ''),
    journal: control.journal.list,
    clearJournal: control.journal.clear,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function closeOnce(
  closeServer: () => Promise<void>,
  recorder: Recorder | undefined,
  tell: (line: string) => void,
): () => Promise<void> {
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await closeServer();
    recorder?.save(tell);
  };
  return () => {
    closed ??= close();
    return closed;
  };
}
