import type { Oas3_1Definition } from '@redocly/openapi-core';
import { readPath } from '../control/find-operation.ts';
import type { RawRequest } from '../raw-request.ts';
import { maskBody } from './har/mask-entry.ts';
import { maskText } from './har/mask-text.ts';
import { createIsSecretName } from './har/secret-names.ts';
import { createSegmentFinder } from './har/secret-segments.ts';

// The journal shows less. JSON that is cut off does not parse, and the journal hides it whole.
const maxShownBytes = 64 * 1024;

const credentials: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization']);

/**
 * Makes what hides the secrets of a request, for a journal: each reads `***`.
 */
export function createHide(document: Oas3_1Definition): (request: RawRequest) => RawRequest {
  const isSecretName = createIsSecretName(document);
  const findSegments = createSegmentFinder(document, isSecretName);
  const masking = { isSecretName, give: () => '***', sweep: (text: string) => text };
  return ({ method, target, headers, body }) => {
    const shown = Object.entries(headers).map(([name, value = '']) => [
      name,
      credentials.has(name) || isSecretName(name) ? '***' : maskText(String(value), masking),
    ]);
    const text = maskBody(
      body.subarray(0, maxShownBytes).toString('utf8'),
      headers['content-type'] ?? '',
      masking,
    );
    return {
      method,
      target: maskText(hideSegments(target, findSegments), masking),
      headers: Object.fromEntries(shown),
      body: Buffer.from(text),
    };
  };
}

// Of a path with a secret, the journal shows what the mock has read from it: without dot segments, and decoded.
function hideSegments(target: string, findSegments: (path: string) => number[]): string {
  const path = readPath(target);
  const secret = findSegments(path);
  if (secret.length === 0) {
    return target;
  }
  const [, search = ''] = /^[^?]*(\?.*)$/s.exec(target) ?? [];
  const segments = path.split('/').map((segment, index) => (secret.includes(index) ? '***' : segment));
  return segments.join('/') + search;
}
