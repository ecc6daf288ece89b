import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Command, defineCommand, SetupError } from '../../cli/command.ts';
import { runTool } from '../../cli/tool.ts';
import { toolkitFile, useBuiltFiles } from '../../cli/toolkit.ts';
import type { Operation } from '../../mock/engine/library.ts';
import type { ServedSpec } from '../../mock/engine/spec.ts';

/** `build`. */
export const command: Command = defineCommand({
  name: 'build',
  description: `Writes dist/: the compiled sources, the spec as JSON and as Prism has it, and Prism in one file, with the licences.
\`npm ci\` runs it. If the build fails, dist/ stays as it was.`,
  exitCodes: { 0: 'built', 2: 'wrong usage or a failed build' },
  run: async (_options, { stdout }) => {
    await build();
    stdout('Wrote dist/.');
    return 0;
  },
});

async function build(): Promise<void> {
  const { listEntries, packages, writePackage } = await import('./packages.ts');
  const folder = mkdtempSync(toolkitFile('dist-'));
  const compiled = join(folder, 'compiled');
  const vendor = join(folder, 'vendor');
  mkdirSync(vendor);
  try {
    const entries = packages.flatMap(listEntries);
    await Promise.all([compileSources(entries, compiled), prepareMock(vendor), buildConsole(vendor)]);
    for (const source of packages) {
      await writePackage(source, compiled, folder);
    }
    await writeConfig(join(folder, 'nexudus-auth-contract'));
    rmSync(compiled, { recursive: true });
    chmodSync(folder, 0o755);
    const dist = toolkitFile('dist');
    rmSync(dist, { recursive: true, force: true });
    renameSync(folder, dist);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes what the config says of the package's own files: it has neither the sources nor the consumer tests. */
async function writeConfig(folder: string): Promise<void> {
  const { default: config } = await import('../../../contract.config.ts');
  const { spec, consumer, provider, pacts, verify } = config;
  const text = JSON.stringify({ spec, consumer, provider, pacts, verify }, null, 2);
  writeFileSync(join(folder, 'contract.config.js'), `export default ${text};\n`);
}

async function prepareMock(vendor: string): Promise<void> {
  await buildPrism(vendor);
  useBuiltFiles(vendor);
  const { document, operations } = await compileSpec(vendor);
  const { prepareAnswers } = await import('./prepare-answers.ts');
  await prepareAnswers(document, operations, vendor);
}

async function buildPrism(folder: string): Promise<void> {
  const { bundlePrism } = await import('./bundle-prism.ts');
  const { collectLicences } = await import('./collect-licences.ts');
  const modules = await bundlePrism(folder);
  writeFileSync(join(folder, 'LICENSES.txt'), collectLicences(modules));
}

// The files that the console of the mock has beside its code.
const pageFiles = ['index.html', 'landing.html', 'style.css'];

/** Bundles the console of the mock: a browser gets one module, without its types. */
async function buildConsole(vendor: string): Promise<void> {
  const { rolldown } = await import('rolldown');
  const sources = toolkitFile('scripts/mock/control/page');
  const folder = join(vendor, 'page');
  await using bundle = await rolldown({ input: join(sources, 'main.ts'), platform: 'browser' });
  await bundle.write({ file: join(folder, 'main.js'), minify: true });
  for (const name of pageFiles) {
    cpSync(join(sources, name), join(folder, name));
  }
}

/**
 * Compiles what the packages' entry points lead to: the code, and the declarations, which have the comments.
 *
 * @throws {SetupError} with the compiler's own words, where the sources do not compile
 */
async function compileSources(entries: readonly string[], folder: string): Promise<void> {
  mkdirSync(folder);
  const files = entries.map((path) => toolkitFile(path));
  const settings = {
    code: { removeComments: true, declaration: false },
    types: { emitDeclarationOnly: true },
  };
  await Promise.all(
    Object.entries(settings).map(async ([name, compilerOptions]) => {
      const project = join(folder, `tsconfig.${name}.json`);
      const base = toolkitFile('scripts/dev/build/tsconfig.json');
      const options = { ...compilerOptions, outDir: folder };
      writeFileSync(project, JSON.stringify({ extends: base, compilerOptions: options, files }));
      await compile(project);
    }),
  );
}

async function compile(project: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runTool('@typescript/native', [
    '-p',
    project,
    '--pretty',
    'false',
  ]);
  if (exitCode !== 0) {
    throw new SetupError(`The sources do not compile:\n${stdout}${stderr}`);
  }
}

/**
 * Writes the spec as JSON, and the operations that Prism reads from it: a mock that starts with them need not load what
 * reads a spec.
 *
 * @throws {SetupError} that lists what is wrong in the spec
 */
async function compileSpec(folder: string): Promise<CompiledSpec> {
  const { getHttpOperationsFromSpec } = await import('@stoplight/prism-http');
  const { readGoodSpec } = await import('../../mock/engine/spec.ts');
  const { ownSpecFile } = await import('../package/toolkit.ts');
  const { document } = await readGoodSpec(ownSpecFile);
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
  copyFileSync(ownSpecFile, join(folder, 'spec.yaml'));
  writeFileSync(join(folder, 'prism-operations.json'), JSON.stringify(operations));
  return { document, operations };
}

type CompiledSpec = Pick<ServedSpec, 'document'> & { operations: readonly Operation[] };
