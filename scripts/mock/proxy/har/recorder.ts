import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { SetupError } from '../../../command.ts';
import { writeWhole } from '../../../files/write-whole.ts';
import { readManifest } from '../../../toolkit.ts';
import type { HarEntry } from './entry.ts';
import { maskEntries } from './mask-entries.ts';
import { type Exchange, toEntry } from './to-entry.ts';

/** Keeps traffic in memory until it is saved. */
export interface Recorder {
  add: (exchange: Exchange) => void;
  /**
   * Writes a HAR file with all secrets masked, whole or not at all, and says so in a sentence.
   *
   * @throws {SetupError} where it cannot be written
   */
  save: () => string;
}

/** How much is recorded. What comes later is left out, and counted. */
export interface RecorderLimits {
  /** Default: 2000. */
  maxEntries?: number;
  /** Of all bodies together. Default: 64 MiB. */
  maxBytes?: number;
}

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
  checkWritable(file);
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
    save: () => {
      if (entries.length === 0) {
        return `Nothing to record: ${file} is not written.`;
      }
      write(file, formatHar(maskEntries(entries, document, baseUrl), leftOut));
      const omitted = leftOut === 0 ? '' : `, and left out ${leftOut} later`;
      return `Recorded ${entries.length} request${entries.length === 1 ? '' : 's'} in ${file}${omitted}.`;
    },
  };
}

// Found out at the start, since it would be too late at the end.
function checkWritable(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    accessSync(dirname(file), constants.W_OK);
  } catch (cause) {
    throw new SetupError(`Cannot record in ${file}: ${(cause as Error).message}.`, { cause });
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new SetupError(`Cannot record in ${file}: it is a folder, expected a file.`);
  }
}

function formatHar(entries: readonly HarEntry[], leftOut: number): string {
  const comment = `Secrets are masked. Later requests left out: ${leftOut}.`;
  const { name, version } = readManifest();
  const creator = { name, version };
  return `${JSON.stringify({ log: { version: '1.2', creator, entries, comment } }, null, 2)}\n`;
}

function write(file: string, text: string): void {
  try {
    writeWhole(file, text);
  } catch (cause) {
    throw new SetupError(`Cannot record in ${file}: ${(cause as Error).message}.`, { cause });
  }
}
