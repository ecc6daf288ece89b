import type { Oas3_1Definition } from '@redocly/openapi-core';
import { findOperation } from '../../../spec/find-operation.ts';
import { listOperations } from '../../../spec/list-operations.ts';
import type { HarEntry } from './entry.ts';
import { maskEntry } from './mask-entry.ts';
import { createIsSecretName } from './secret-names.ts';
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
  const findSegments = createSegmentFinder(document, baseUrl, isSecretName);
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

/** Finds which segments of a path are secrets by the name of their parameter. */
function createSegmentFinder(
  document: Oas3_1Definition,
  baseUrl: URL,
  isSecretName: (name: string) => boolean,
): (entry: HarEntry) => number[] {
  const operations = listOperations(document);
  const basePath = baseUrl.pathname.replace(/\/$/, '');
  return ({ request }) => {
    const path = new URL(request.url).pathname.slice(basePath.length);
    const called = findOperation(operations, { method: request.method.toLowerCase(), path });
    return (basePath + (called?.path ?? ''))
      .split('/')
      .flatMap((segment, index) =>
        isSecretName(segment.replaceAll(/[{}]/g, '')) && segment.startsWith('{') ? [index] : [],
      );
  };
}
