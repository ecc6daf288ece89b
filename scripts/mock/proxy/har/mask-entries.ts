import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { HarEntry } from './entry.ts';
import { maskEntry } from './mask-entry.ts';
import { createIsSecretName } from './secret-names.ts';
import { createSegmentFinder } from './secret-segments.ts';
import { listSpecWords } from './spec-words.ts';
import { createStandIns } from './stand-ins.ts';

/**
 * Masks all secrets of a recording. The entries are gone through twice, since a secret can stand somewhere before it
 * stands where it can be told: first to learn the secrets, then to put the stand-ins.
 *
 * @param baseUrl of the real server
 */
export function maskEntries(
  entries: readonly HarEntry[],
  document: Oas3_1Definition,
  baseUrl: URL,
): HarEntry[] {
  const isSecretName = createIsSecretName(document);
  const findInPath = createSegmentFinder(document, isSecretName);
  const basePath = baseUrl.pathname.replace(/\/$/, '');
  const findSegments = ({ request }: HarEntry): number[] => {
    const path = new URL(request.url).pathname.slice(basePath.length);
    return findInPath(path).map((index) => index + basePath.split('/').length - 1);
  };
  const secrets = new Set<string>();
  const learning = {
    isSecretName,
    give: (secret: string) => {
      secrets.add(secret);
      return secret;
    },
    sweep: (text: string) => text,
  };
  for (const entry of entries) {
    maskEntry(entry, learning, findSegments(entry));
  }
  const masking = { isSecretName, ...createStandIns(secrets, listSpecWords(document)) };
  return entries.map((entry) => maskEntry(entry, masking, findSegments(entry)));
}
