import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { minifySync } from 'rolldown/utils';
import { toolkitFile } from '../../cli/toolkit.ts';

/** A package that the build writes, and where it is taken from. */
export interface PackageSource {
  /** The folder of its `package.json`. Exports and bins in there lead to sources; paths are in the repository. */
  folder: string;
  /** The modules that are bundled, with all that they import of ours, into `commands/`, by the name that they get. */
  bundled: Readonly<Record<string, string>>;
  /** What is copied to the same path. */
  copied: readonly string[];
  /** What is copied from the folder of what is built for the mock, into `vendor/`. */
  vendor: readonly string[];
}

/** The packages that are published: this list is the only one of their files. */
export const packages: readonly PackageSource[] = [
  {
    folder: '.',
    bundled: { cli: 'scripts/dev/package/cli.ts', mock: 'scripts/dev/package/mock.ts' },
    copied: ['LICENSE', 'openapi/nexudus-auth.yaml', 'contracts/pacts'],
    vendor: [
      ...['prism.js', 'LICENSES.txt', 'page'],
      ...['spec.yaml', 'openapi.json', 'prism-operations.json', 'plain.js', 'plain-answers.json'],
    ],
  },
  {
    folder: 'scripts',
    bundled: {
      cli: 'scripts/cli.ts',
      config: 'scripts/cli/config.ts',
      matchers: 'scripts/matchers.ts',
      mock: 'scripts/mock/entry.ts',
      // Threads and a process of their own, which are started by the names of their files.
      'gate-thread': 'scripts/check/gate-thread.ts',
      'spec-thread': 'scripts/mutate/spec-thread.ts',
      'verify-worker': 'scripts/pact/verifier/verify-worker.ts',
    },
    copied: ['LICENSE', 'redocly.yaml', 'redocly-diff.yaml', 'scripts/explain/pages'],
    vendor: ['prism.js', 'prism-reader.js', 'LICENSES.txt', 'page'],
  },
];

interface Manifest {
  name: string;
  bin: Record<string, string>;
  exports: Record<string, string | Record<string, string>>;
  sideEffects?: string[];
  [field: string]: unknown;
}

/** An export that is a module: its types and its code, by their paths in the repository. */
interface ModuleExport {
  name: string;
  types: string;
  code: string;
}

/**
 * Lists the modules that a package is compiled from: those that it exports or bundles, by their paths in the repository.
 */
export function listEntries(source: PackageSource): string[] {
  const exported = listModuleExports(source).flatMap(({ types, code }) => [types, code]);
  return [...new Set([...exported, ...listBundled(source).keys()])];
}

function listModuleExports(source: PackageSource): ModuleExport[] {
  return Object.entries(readManifest(source).exports).flatMap(([name, target]) => {
    const { types = '', default: code = '' } =
      typeof target === 'string' ? { types: target, default: target } : target;
    const found = { name, types: posix.join(source.folder, types), code: posix.join(source.folder, code) };
    return isModule(code) && existsSync(toolkitFile(found.types)) ? [found] : [];
  });
}

/** The modules that are bundled, and the name that each gets. */
function listBundled({ bundled }: PackageSource): Map<string, string> {
  const entries = Object.entries(bundled).filter(([, path]) => existsSync(toolkitFile(path)));
  return new Map(entries.map(([name, path]) => [path, name]));
}

/**
 * Writes a package as it is published, into a folder that has its name.
 *
 * @param source what it is made of
 * @param compiled the folder of the compiled sources and their declarations
 * @param target the folder that the package's folder is made in, with `vendor/` in it
 */
export async function writePackage(source: PackageSource, compiled: string, target: string): Promise<void> {
  const manifest = readManifest(source);
  const folder = join(target, manifest.name);
  const exported = listModuleExports(source);
  const bundled = listBundled(source);
  const code = exported.map((one) => one.code).filter((path) => !bundled.has(path));
  copyReached(code.map(toCode), compiled, folder);
  const types = exported.map((one) => toDeclaration(one.types));
  copyReached(types, compiled, folder);
  await bundleCommands(source, compiled, folder);
  for (const path of [...source.copied, ...source.vendor.map((file) => posix.join('vendor', file))]) {
    const origin = path.startsWith('vendor/') ? join(target, path) : toolkitFile(path);
    cpSync(origin, join(folder, path), { recursive: true });
  }
  for (const file of ['README.md', 'CHANGELOG.md']) {
    const origin = toolkitFile(join(source.folder, file));
    if (existsSync(origin)) cpSync(origin, join(folder, file));
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(publish(source, manifest), null, 2)}\n`);
}

function readManifest({ folder }: PackageSource): Manifest {
  return JSON.parse(readFileSync(toolkitFile(join(folder, 'package.json')), 'utf8'));
}

/** What only the repository needs of a manifest is left out, and paths of sources become those of what is built. */
function publish(source: PackageSource, manifest: Manifest): Manifest {
  const { private: _, workspaces, scripts, devDependencies, allowScripts, scarfSettings, ...kept } = manifest;
  const bundled = listBundled(source);
  const toPublished = (path: string): string => {
    const entry = posix.join(source.folder, path);
    const name = bundled.get(entry);
    return name === undefined ? `./${toCode(entry)}` : `./commands/${name}.js`;
  };
  const modules = new Map(listModuleExports(source).map(({ name, types }) => [name, types]));
  const exports = Object.entries(manifest.exports).flatMap(([name, target]) => {
    const types = modules.get(name);
    const code = typeof target === 'string' ? target : (target.default ?? '');
    if (types === undefined) {
      return isModule(code) ? [] : [[name, code.replace('./dist/', './')]];
    }
    return [[name, { types: `./${toDeclaration(types)}`, default: toPublished(code) }]];
  });
  return {
    ...kept,
    ...findHome(source.folder),
    bin: Object.fromEntries(Object.entries(manifest.bin).map(([name, path]) => [name, toPublished(path)])),
    exports: Object.fromEntries(exports),
    ...(manifest.sideEffects && { sideEffects: manifest.sideEffects.map(toPublished) }),
  };
}

/** Where the sources are, as the platform says that runs the release: nothing in the repository knows. */
function findHome(directory: string): object {
  const { GITHUB_SERVER_URL: server = 'https://github.com', GITHUB_REPOSITORY: repository } = process.env;
  if (repository === undefined || repository === '') {
    return {};
  }
  const url = `${server}/${repository}`;
  return {
    repository: { type: 'git', url: `git+${url}.git`, ...(directory !== '.' && { directory }) },
    homepage: `${url}#readme`,
    bugs: `${url}/issues`,
  };
}

/**
 * Bundles the compiled commands into `commands/`, each loaded only when it is run. What comes from other packages is
 * left to be imported.
 */
async function bundleCommands(source: PackageSource, compiled: string, folder: string): Promise<void> {
  // Nothing is installed with the package of the contract.
  const isAlone = source.folder === '.';
  const input = [...listBundled(source)].map(([path, name]) => [name, join(compiled, toCode(path))]);
  await using bundle = await rolldown({
    input: Object.fromEntries(input),
    platform: 'node',
    external: (path) => /^[^./\0]/.test(path),
    plugins: isAlone ? [takeFromPrism(), readBuiltinModules()] : [],
    // What one entry loads later, another may have from the start.
    checks: { ineffectiveDynamicImport: false },
  });
  await bundle.write({
    dir: join(folder, 'commands'),
    chunkFileNames: '[name].js',
    minify: true,
    ...(isAlone && { codeSplitting: { groups: [{ name: 'start', test: startOfMock }] } }),
  });
  chmodSync(join(folder, 'commands/cli.js'), 0o755);
}

// The bundled Prism brings it.
const ajvOfPrism = `import { createRequire } from 'node:module';
export const loadAjv = () => createRequire(import.meta.url)('../vendor/prism.js');`;

/** Has the package without dependencies take Ajv from the Prism that it ships, once it is needed. */
function takeFromPrism(): Plugin {
  return {
    name: 'take-from-prism',
    load: (id) => (id.endsWith('/scripts/openapi/ajv.js') ? ajvOfPrism : undefined),
  };
}

// Each file that is loaded takes a while: what every start of the mock needs is one, with all that it imports.
const startOfMock = /\/scripts\/(?:dev\/package\/commands|cli\/dispatch|mock\/command|mock\/serve)\.js$/;

/**
 * Has the package take from a module of Node only what it uses. To import such a module reads everything that it exports,
 * which loads a tenth of Node: streams of files, Web Crypto, a parser of arguments.
 */
function readBuiltinModules(): Plugin {
  return {
    name: 'read-builtin-modules',
    renderChunk: (code) =>
      code.replaceAll(
        /^import (?:\* as )?(\w+)?(?:, )?(\{[^}]*\})? from "(node:[^"]+)";$/gm,
        (_, whole: string | undefined, names: string | undefined, module: string) =>
          [whole, names?.replaceAll(' as ', ': ')]
            .filter((target) => target !== undefined)
            .map((target) => `const ${target} = process.getBuiltinModule("${module}");`)
            .join('\n'),
      ),
  };
}

/** Copies compiled modules, or declarations, with all of ours that they import. */
function copyReached(entries: readonly string[], from: string, to: string): void {
  const reached = new Set(entries);
  for (const path of reached) {
    const text = readFileSync(join(from, path), 'utf8');
    for (const imported of listImports(text, path)) {
      if (existsSync(join(from, imported))) reached.add(imported);
    }
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), isData(path) ? minifySync(path, text, { module: true }).code : text);
  }
}

// What nobody reads, and what is half as large without blanks.
function isData(path: string): boolean {
  return /^generated\/(?:validators|examples)\.js$/.test(path);
}

function listImports(text: string, path: string): string[] {
  const specifiers = text.matchAll(/(?:from |import |import\()["'](\.[^"']+)["']/g);
  const ending = path.endsWith('.d.ts') ? '.d.ts' : '.js';
  return [...specifiers].map(([, specifier = '']) =>
    posix.join(posix.dirname(path), specifier.replace(/\.(?:js|ts)$/, ending)),
  );
}

function isModule(path: string): boolean {
  return path.endsWith('.ts');
}

function toCode(path: string): string {
  return path.replace(/\.ts$/, '.js');
}

function toDeclaration(path: string): string {
  return path.replace(/\.ts$/, '.d.ts');
}
