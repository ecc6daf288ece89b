import type { Oas3_1Definition } from '@redocly/openapi-core';
import { SetupError } from '../cli/command.ts';
import { readManifest } from '../cli/toolkit.ts';
import { checkWritable, writeWhole } from '../files/write-whole.ts';
import { type Exchange, type HarEntry, toEntry } from './entry.ts';
import { maskEntries } from './mask.ts';

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
