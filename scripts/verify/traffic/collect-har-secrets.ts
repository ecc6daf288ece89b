import { isPlainObject } from '../../spec/is-plain-object.ts';
import { collectHeaderSecrets, collectSecrets, secretFields } from '../secrets/collect-secrets.ts';

/**
 * Lists the secrets in the entries of a HAR file: in headers, cookies, parameters, URLs and bodies.
 */
export function collectHarSecrets(node: unknown): string[] {
  if (typeof node === 'string') {
    return collectSecrets(node);
  }
  if (Array.isArray(node)) {
    return node.flatMap(collectHarSecrets);
  }
  if (!isPlainObject(node)) {
    return [];
  }
  const { cookies, ...others } = node;
  return [...collectOwn(node), ...listCookies(cookies), ...Object.values(others).flatMap(collectHarSecrets)];
}

// Headers and parameters are `{ name, value }`; a body is `{ text }`, which can be in base64.
function collectOwn({ name, value, text, encoding }: Record<string, unknown>): string[] {
  if (typeof text === 'string' && encoding === 'base64') {
    return collectSecrets(Buffer.from(text, 'base64').toString());
  }
  if (typeof name !== 'string' || typeof value !== 'string') {
    return [];
  }
  return secretFields.includes(name) ? [value] : collectHeaderSecrets(name, value);
}

function listCookies(cookies: unknown): string[] {
  const values = Array.isArray(cookies) ? cookies.map((cookie) => isPlainObject(cookie) && cookie.value) : [];
  return values.flatMap((value) => (typeof value === 'string' ? collectHeaderSecrets('cookie', value) : []));
}
