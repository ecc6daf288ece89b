import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Removes the declarations that those of the entry points don't lead to: the compiler writes those of all modules.
 *
 * @param entries paths in `folder`
 */
export function pruneDeclarations(folder: string, entries: readonly string[]): void {
  const needed = new Set<string>();
  const pending = entries.map((entry) => join(folder, entry));
  for (const file of pending) {
    if (!needed.has(file)) {
      needed.add(file);
      pending.push(...listImports(file));
    }
  }
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name);
    if (name.endsWith('.d.ts') && !needed.has(file)) {
      rmSync(file);
    }
  }
}

function listImports(file: string): string[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:from |import |import\()["'](\.[^"']+)["']/g);
  return [...specifiers]
    .map(([, specifier = '']) => resolve(dirname(file), specifier.replace(/\.(?:js|ts)$/, '.d.ts')))
    .filter((path) => existsSync(path));
}
