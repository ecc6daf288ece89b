import type { Oas3_1Definition } from '@redocly/openapi-core';
import { SetupError } from '../cli/command.ts';
import { readManifest } from '../cli/toolkit.ts';
import { checkWritable, writeWhole } from '../files/write-whole.ts';
import { learnInto, maskBody, maskHeader, maskTarget } from '../secrets/exchange.ts';
import type { Masking } from '../secrets/forms.ts';
import { createPlaceholders, listSpecWords } from '../secrets/placeholders.ts';
import { createSecrets, type Secrets } from '../secrets/secrets.ts';
import { maskText } from '../secrets/text.ts';
import { type Exchange, type HarEntry, type Pair, toEntry } from './entry.ts';

/** Keeps traffic in memory until it is saved. */
export interface Recorder {
  add: (exchange: Exchange) => void;
  /**
   * Writes a HAR file with all secrets masked, whole or not at all. Tells so in a sentence, and before, where it takes
   * more than a moment.
   *
   * @throws {SetupError} where it cannot be written
   */
  save: (tell: (line: string) => void) => void;
}

/** How much is recorded. What comes later is left out, and counted. */
export interface RecorderLimits {
  /** Default: 2000. */
  maxEntries?: number;
  /** Of all bodies together. Default: 64 MiB. */
  maxBytes?: number;
}

// It takes a second or less to mask so many.
const quicklySavedBytes = 1024 * 1024;

/**
 * Opens a recorder.
 *
 * @param baseUrl of the real server, which the recorded URLs are under
 * @throws {SetupError} where the file could not be written later on
 */
export function openRecorder(
  file: string,
  document: Oas3_1Definition,
  baseUrl: URL,
  { maxEntries = 2000, maxBytes = 64 * 1024 * 1024 }: RecorderLimits = {},
): Recorder {
  // Found out at the start, since it would be too late at the end.
  explainFailure(file, () => checkWritable(file));
  const entries: HarEntry[] = [];
  let bytes = 0;
  let leftOut = 0;
  return {
    add: (exchange) => {
      const entry = toEntry(exchange, baseUrl);
      bytes += JSON.stringify(entry).length;
      if (entries.length < maxEntries && bytes <= maxBytes) {
        entries.push(entry);
      } else {
        leftOut += 1;
      }
    },
    save: (tell) => {
      if (entries.length === 0) {
        tell(`Nothing to record: ${file} is not written.`);
        return;
      }
      const requests = `${entries.length} request${entries.length === 1 ? '' : 's'}`;
      if (bytes > quicklySavedBytes) {
        tell(`Saving ${requests} in ${file}. Please wait.`);
      }
      const text = formatHar(maskEntries(entries, document, baseUrl), leftOut);
      explainFailure(file, () => writeWhole(file, text));
      const omitted = leftOut === 0 ? '' : `, and left out ${leftOut} later`;
      tell(`Recorded ${requests} in ${file}${omitted}.`);
    },
  };
}

function formatHar(entries: readonly HarEntry[], leftOut: number): string {
  const comment = `Secrets are masked. Later requests left out: ${leftOut}.`;
  const { name, version } = readManifest();
  const creator = { name, version };
  return `${JSON.stringify({ log: { version: '1.2', creator, entries, comment } }, null, 2)}\n`;
}

function explainFailure(file: string, attempt: () => void): void {
  try {
    attempt();
  } catch (cause) {
    throw new SetupError(`Cannot record in ${file}: ${(cause as Error).message}.`, { cause });
  }
}

// As many as fit into memory, in all their encodings.
const maxSecretsOfRecording = 100_000;

/**
 * Masks all secrets of a recording. The entries are gone through twice, since a secret can stand somewhere before it
 * stands where it can be told: first to learn the secrets, then to put the placeholders. Bodies with more secrets than can
 * be remembered are left out.
 *
 * @param baseUrl of the real server
 */
export function maskEntries(
  entries: readonly HarEntry[],
  document: Oas3_1Definition,
  baseUrl: URL,
  maxSecrets: number = maxSecretsOfRecording,
): HarEntry[] {
  const { isSecretName, findSegments: findInPath } = createSecrets(document);
  const basePath = baseUrl.pathname.replace(/\/$/, '');
  const findSegments = (path: string): number[] =>
    findInPath(path.slice(basePath.length)).map((index) => index + basePath.split('/').length - 1);
  const secrets = new Set<string>();
  const learn = (entry: HarEntry): Set<string> => {
    const learnt = new Set<string>();
    maskEntry(entry, learnInto(learnt, isSecretName), findSegments);
    return learnt;
  };
  const kept = entries.map((entry) => {
    const learnt = learn(entry);
    const isKept = secrets.size + learnt.size <= maxSecrets;
    const one = isKept ? entry : leaveOutBodies(entry);
    for (const secret of isKept ? learnt : learn(one)) {
      secrets.add(secret);
    }
    return one;
  });
  const masking = { isSecretName, ...createPlaceholders(secrets, listSpecWords(document)) };
  return kept.map((entry) => maskEntry(entry, masking, findSegments));
}

function leaveOutBodies(entry: HarEntry): HarEntry {
  const comment = 'The body is left out: it has too many secrets.';
  const { request, response } = entry;
  const { postData } = request;
  const { text, ...content } = response.content;
  return {
    ...entry,
    request: { ...request, ...(postData && { postData: { ...postData, text: '', comment } }) },
    response: { ...response, content: text === undefined ? content : { ...content, comment } },
  };
}

/**
 * Masks the secrets of an entry, wherever they stand in it. The method, the origin, the status and the names of headers
 * stay.
 */
function maskEntry(entry: HarEntry, masking: Masking, findSegments: Secrets['findSegments']): HarEntry {
  const { request, response } = entry;
  const { postData } = request;
  const { origin } = new URL(request.url);
  const url = origin + maskTarget(request.url.slice(origin.length), masking, findSegments);
  const maskHeaders = (headers: Pair[]): Pair[] =>
    headers.map(({ name, value }) => ({ name, value: maskHeader(name, value, masking) }));
  const maskContent = <Content extends { mimeType: string; text?: string }>(content: Content): Content => {
    const { text, mimeType } = content;
    const masked = { ...content, mimeType: maskText(mimeType, masking) };
    return text === undefined ? masked : { ...masked, text: maskBody(text, mimeType, masking) };
  };
  return {
    ...entry,
    request: {
      ...request,
      url,
      headers: maskHeaders(request.headers),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      ...(postData === undefined ? {} : { postData: maskContent(postData) }),
    },
    response: {
      ...response,
      statusText: maskText(response.statusText, masking),
      headers: maskHeaders(response.headers),
      content: maskContent(response.content),
      redirectURL: maskText(response.redirectURL, masking),
    },
  };
}
