import { readFileSync } from 'node:fs';
import type { Plugin } from 'rolldown';

/** Where a package has the things that its modules export, each in a module that can be taken alone. */
export interface NarrowPackage {
  /** Finds the module of one name, by the path that it is imported from. */
  find: (path: string, name: string) => { module: string; name: string };
  /** Finds the module of all names. Default: the path as it is. */
  findAll?: (path: string) => string;
}

const prefix = '\0narrow:';

/**
 * Narrows what modules import of a package to the names that they use, so that the rest of it is left out of the
 * bundle. A bundler can't see that by itself where the module is CommonJS: `require` gives everything.
 *
 * A module that hands the whole package on gets the whole package.
 */
export function narrowImports(packages: Readonly<Record<string, NarrowPackage>>): Plugin {
  const findPackage = (path: string): NarrowPackage | undefined =>
    Object.entries(packages).find(([name]) => path === name || path.startsWith(`${name}/`))?.[1];
  return {
    name: 'narrow-imports',
    async resolveId(path, importer) {
      const narrow = findPackage(path);
      if (narrow === undefined || importer === undefined || importer.startsWith(prefix)) {
        return undefined;
      }
      const names = listImportedNames(readFileSync(importer, 'utf8'), path);
      return names === undefined
        ? this.resolve(narrow.findAll?.(path) ?? path, importer, { skipSelf: true })
        : `${prefix}${path}?${names.join(',')}`;
    },
    load(id) {
      if (!id.startsWith(prefix)) {
        return undefined;
      }
      const [path = '', names = ''] = id.slice(prefix.length).split('?');
      return names
        .split(',')
        .map((name) => renderExport(findPackage(path), path, name))
        .join('\n');
    },
  };
}

function renderExport(narrow: NarrowPackage | undefined, path: string, name: string): string {
  const found = narrow?.find(path, name);
  return `export { ${found?.name} as ${name} } from '${found?.module}';`;
}

/**
 * Lists what a module uses of another, sorted; `undefined` where it uses the other as a whole. Understands
 * `const path_1 = require('path')` and `import { name } from 'path'`, each as compilers write it.
 */
export function listImportedNames(code: string, path: string): string[] | undefined {
  const literal = `["']${path}["']`;
  const imports = [...code.matchAll(new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*${literal}`, 'g'))];
  const requires = [...code.matchAll(new RegExp(`\\b(?:const|var) (\\w+) = require\\(${literal}\\)`, 'g'))];
  const mentions = [...code.matchAll(new RegExp(literal, 'g'))];
  if (mentions.length !== imports.length + requires.length || mentions.length === 0) {
    return undefined;
  }
  const imported = imports.flatMap(([, list = '']) => list.split(',').map((one) => one.trim().split(' ')[0]));
  const used = requires.flatMap(([, variable = '']) => listMembers(code, variable));
  const names = [...imported, ...used];
  return names.includes(undefined) ? undefined : [...new Set(names as string[])].sort();
}

function listMembers(code: string, variable: string): (string | undefined)[] {
  const uses = new RegExp(`(?<![.\\w$])${variable}\\b(?! = require)(?:\\.(\\w+))?`, 'g');
  return [...code.matchAll(uses)].map(([, name]) => name);
}
