import type { Operation } from '../../generated/operations.ts';

/**
 * Says whether a URL is one of an operation: its path under the base URL, or on any origin for `*`, with the query
 * parameters that the spec requires. A page of the app at `/login` is none.
 */
export function isCallOf({ path, query }: Operation, url: string, baseUrl: string): boolean {
  const { origin, pathname, searchParams } = new URL(url);
  const base = baseUrl === '*' ? { origin, pathname: '/' } : new URL(baseUrl);
  const wanted = (base.pathname.replace(/\/$/, '') + path).split('/');
  const parts = pathname.split('/');
  return (
    origin === base.origin &&
    wanted.length === parts.length &&
    wanted.every((part, index) => part.startsWith('{') || part === parts[index]) &&
    query.every(({ name, required }) => !required || searchParams.has(name))
  );
}
