import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { RawRequest } from '../raw-request.ts';
import { maskBody } from './har/mask-entry.ts';
import { maskText } from './har/mask-text.ts';
import { createIsSecretName } from './har/secret-names.ts';

// The journal shows less. JSON that is cut off does not parse, and the journal hides it whole.
const maxShownBytes = 64 * 1024;

/**
 * Makes what hides the secrets of a request for the journal, which by itself knows those of the spec alone: what goes
 * to a real server can be more.
 */
export function createHide(document: Oas3_1Definition): (request: RawRequest) => RawRequest {
  const isSecretName = createIsSecretName(document);
  const masking = { isSecretName, give: () => '***', sweep: (text: string) => text };
  return ({ method, target, headers, body }) => {
    const shown = Object.entries(headers).map(([name, value = '']) => [
      name,
      isSecretName(name) ? '***' : maskText(String(value), masking),
    ]);
    const text = maskBody(
      body.subarray(0, maxShownBytes).toString('utf8'),
      headers['content-type'] ?? '',
      masking,
    );
    return {
      method,
      target: maskText(target, masking),
      headers: Object.fromEntries(shown),
      body: Buffer.from(text),
    };
  };
}
