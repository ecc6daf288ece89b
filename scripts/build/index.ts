import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minifySync } from 'rolldown/utils';
import { type CommandContext, type ExitCode, parseOptions } from '../command.ts';
import { toolkitFolder } from '../toolkit.ts';
import { bundleCommands } from './bundle-commands.ts';
import { bundlePrism } from './bundle-prism.ts';
import { collectLicences } from './collect-licences.ts';
import { compileSources } from './compile-sources.ts';
import { compileSpec } from './compile-spec.ts';
import { pruneDeclarations } from './prune-declarations.ts';

/** The text of `build --help`. */
export const usage: string = `Usage: node scripts/dev.ts build

Writes dist/: the compiled sources, the spec as JSON and as Prism has it, and Prism in
one file, with the licences. \`npm ci\` runs it.

Exit code: 0 built, 2 wrong usage or a build that failed; dist/ then stays as it was.`;

/**
 * Builds `dist/`, whole or not at all.
 *
 * @throws {SetupError} for wrong usage, sources that do not compile and a spec that can't be read
 */
export async function run(args: string[], { stdout }: CommandContext): Promise<ExitCode> {
  parseOptions(args, {});
  const folder = mkdtempSync(join(toolkitFolder, 'dist-'));
  try {
    await Promise.all([compileSources(folder), compileSpec(folder)]);
    pruneDeclarations(folder, [
      'src/index.d.ts',
      'src/msw/index.d.ts',
      'generated/schema.d.ts',
      'generated/validators.d.ts',
      'scripts/mock/index.d.ts',
    ]);
    minifyData(folder);
    await bundleCommands(folder);
    const modules = await bundlePrism(join(folder, 'vendor'));
    writeFileSync(join(folder, 'vendor/LICENSES.txt'), collectLicences(modules));
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'commands/cli.js'), 0o755);
    const dist = join(toolkitFolder, 'dist');
    rmSync(dist, { recursive: true, force: true });
    renameSync(folder, dist);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  stdout('Wrote dist/.');
  return 0;
}

// What nobody reads, and what is half as large without blanks.
function minifyData(folder: string): void {
  for (const name of ['validators.js', 'examples.js']) {
    const file = join(folder, 'generated', name);
    const { code } = minifySync(name, readFileSync(file, 'utf8'), { module: true });
    writeFileSync(file, code);
  }
}
