import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';
import { toolkitFolder } from '../../cli/toolkit.ts';

/** A part of Prism that is bundled into a module of its own. */
interface Part {
  file: string;
  /** The module that exports it. */
  entry: string;
  /** What it imports and never calls. */
  unused: RegExp;
  /** What is loaded late, of which one function is needed, or which warns. */
  replaced: RegExp;
}

const parts: readonly Part[] = [
  {
    file: 'prism.js',
    entry: '../../mock/engine/bundle-entry.ts',
    // Logging, forwarding, callbacks, the reading of specs, and the media types of file name extensions.
    unused:
      /^(?:pino|node-fetch|https?-proxy-agent|postman-collection|mime-db|\.\/forwarder|.*\/callbacks|@stoplight\/json-schema-ref-parser|@stoplight\/http-spec\/.+)$/,
    replaced: /^(?:chalk|json-schema-faker|@faker-js\/faker|lodash\/fp)$/,
  },
  {
    file: 'prism-reader.js',
    entry: '../../mock/engine/bundle-reader.ts',
    // The reading of what is no OpenAPI 3, of texts, and of other files: a spec has none any more.
    unused:
      /^(?:@stoplight\/http-spec\/(?:oas2|postman)\/.+|postman-collection|@stoplight\/yaml|js-yaml|\.\/resolvers\/\w+)$/,
    replaced: /^url$/,
  },
];
const nothing = '\0nothing';

// The last version whose functions don't look at how many arguments they get: Prism calls them a hundred times for a
// request, and takes a third longer with the later ones.
const toEs6 = (path: string): string => path.replace(/^fp-ts(?:\/lib)?\//, 'fp-ts-2.13/es6/');

/**
 * Bundles the parts of Prism that a mock stands on: `prism.js`, which answers, and `prism-reader.js`, which reads
 * documents.
 *
 * @returns the paths of the modules that are in them
 */
export async function bundlePrism(folder: string): Promise<string[]> {
  const modules = await Promise.all(parts.map((part) => bundlePart(part, folder)));
  return [...new Set(modules.flat())];
}

async function bundlePart({ file, entry, ...part }: Part, folder: string): Promise<string[]> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(entry, import.meta.url)),
    cwd: toolkitFolder,
    platform: 'node',
    checks: { pluginTimings: false },
    plugins: [
      replaceModules(part),
      narrowImports({
        'fp-ts': { find: (path, name) => ({ module: toEs6(path), name }), findAll: toEs6 },
        lodash: { find: findInLodash },
        tslib: { find: (_, name) => ({ module: 'tslib/tslib.es6.mjs', name }) },
        '@stoplight/json': { find: (_, name) => ({ module: '@stoplight/json/index.es.js', name }) },
      }),
    ],
  });
  const { output } = await bundle.write({
    file: join(folder, file),
    codeSplitting: false,
    minify: true,
    // They are notes for another bundler, and none comes after this one.
    comments: { annotation: false },
  });
  await bundle.close();
  return output[0].moduleIds;
}

function findInLodash(path: string, name: string): { module: string; name: string } {
  return { module: path === 'lodash' ? `${path}/${name}.js` : path, name: 'default' };
}

function replaceModules({ unused, replaced }: Pick<Part, 'unused' | 'replaced'>): Plugin {
  const standIns = fileURLToPath(new URL('./stand-ins.ts', import.meta.url));
  return {
    name: 'replace-modules',
    resolveId(path, importer) {
      if (path === 'jsonc-parser') {
        // Its main file is one that a bundler can't see through.
        return this.resolve('jsonc-parser/lib/esm/main.js', importer, { skipSelf: true });
      }
      if (path === 'ajv/dist/2019') {
        // For schemas of that draft, of which the spec has none.
        return this.resolve('ajv/dist/2020', importer, { skipSelf: true });
      }
      if (replaced.test(path)) {
        return standIns;
      }
      return unused.test(path) ? nothing : undefined;
    },
    load: (id) => (id === nothing ? 'export default {};' : undefined),
    transform(code, id) {
      // It counts on `this` being `exports`, which holds in CommonJS only.
      return id.endsWith('/uri-template-lite/index.js')
        ? code.replaceAll('this.URI', 'exports.URI')
        : undefined;
    },
  };
}

/** Where a package has the exports of its modules, each in a module that can be imported alone. */
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
function narrowImports(packages: Readonly<Record<string, NarrowPackage>>): Plugin {
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
