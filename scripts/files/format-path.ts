import { isAbsolute, relative, sep } from 'node:path';

/**
 * Renders a path as people type it: relative to the working directory where it lies below it, with slashes.
 */
export function formatPath(path: string): string {
  return pathWithin('', path) ?? path.split(sep).join('/');
}

/**
 * Gives the path from a folder to what lies below it, with slashes, or `undefined` for what lies elsewhere.
 */
export function pathWithin(folder: string, path: string): string | undefined {
  const inside = relative(folder, path);
  return isAbsolute(inside) || /^\.\.($|[\\/])/.test(inside) ? undefined : inside.split(sep).join('/');
}
