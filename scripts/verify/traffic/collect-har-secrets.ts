import { isPlainObject } from '../../spec/is-plain-object.ts';
import type { SecretFinder } from '../secrets/collect-secrets.ts';

/**
 * Lists the secrets in the entries of a HAR file: in headers, cookies, parameters, URLs and bodies.
 */
export function collectHarSecrets(entries: readonly unknown[], finder: SecretFinder): string[] {
  const secrets = new Set<string>();
  const open: unknown[] = [...entries];
  while (open.length > 0) {
    const node = open.pop();
    const found = typeof node === 'string' ? finder.collect(node) : collectOwn(node, finder);
    found.forEach(secrets.add, secrets);
    if (typeof node === 'object' && node !== null) {
      // One at a time: as arguments of one call, a long list would overflow the stack.
      for (const value of Object.values(node)) {
        open.push(value);
      }
    }
  }
  return [...secrets];
}

// Headers and parameters are `{ name, value }`; a body is `{ text }`, which can be in base64.
function collectOwn(node: unknown, finder: SecretFinder): string[] {
  if (!isPlainObject(node)) {
    return [];
  }
  const { name, value, text, encoding, cookies } = node;
  if (typeof text === 'string' && encoding === 'base64') {
    return finder.collect(Buffer.from(text, 'base64').toString());
  }
  if (typeof name === 'string' && typeof value === 'string') {
    return finder.names.has(name) ? [value] : finder.collectOfHeader(name, value);
  }
  return listCookies(cookies, finder);
}

function listCookies(cookies: unknown, finder: SecretFinder): string[] {
  const values = Array.isArray(cookies) ? cookies.map((cookie) => isPlainObject(cookie) && cookie.value) : [];
  return values.flatMap((value) =>
    typeof value === 'string' ? finder.collectOfHeader('cookie', value) : [],
  );
}
