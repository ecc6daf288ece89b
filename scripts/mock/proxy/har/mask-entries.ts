import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { HarEntry } from './entry.ts';
import { maskEntry } from './mask-entry.ts';
import { createIsSecretName } from './secret-names.ts';
import { createSegmentFinder } from './secret-segments.ts';
import { listSpecWords } from './spec-words.ts';
import { createStandIns } from './stand-ins.ts';

// As many as fit into memory, in all their encodings.
const maxSecretsOfRecording = 100_000;

/**
 * Masks all secrets of a recording. The entries are gone through twice, since a secret can stand somewhere before it
 * stands where it can be told: first to learn the secrets, then to put the stand-ins. Bodies with more secrets than can
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
  const isSecretName = createIsSecretName(document);
  const findInPath = createSegmentFinder(document, isSecretName);
  const basePath = baseUrl.pathname.replace(/\/$/, '');
  const findSegments = ({ request }: HarEntry): number[] => {
    const path = new URL(request.url).pathname.slice(basePath.length);
    return findInPath(path).map((index) => index + basePath.split('/').length - 1);
  };
  const secrets = new Set<string>();
  const learn = (entry: HarEntry): Set<string> => {
    const learnt = new Set<string>();
    const give = (secret: string): string => {
      learnt.add(secret);
      return secret;
    };
    maskEntry(entry, { isSecretName, give, sweep: (text) => text }, findSegments(entry));
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
  const masking = { isSecretName, ...createStandIns(secrets, listSpecWords(document)) };
  return kept.map((entry) => maskEntry(entry, masking, findSegments(entry)));
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
