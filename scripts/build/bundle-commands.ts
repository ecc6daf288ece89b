import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Bundles the compiled commands, and the mock as a library, into `commands/`, each command loaded only when it is run.
 * What comes from other packages is left to be imported.
 *
 * @param folder the compiled sources; of `scripts/` in it, only the declarations are left
 */
export async function bundleCommands(folder: string): Promise<void> {
  await using bundle = await rolldown({
    input: {
      cli: join(folder, 'scripts/cli.js'),
      mock: join(folder, 'scripts/mock/entry.js'),
      // A thread and a process of their own, which are started by the name of their file.
      'gate-thread': join(folder, 'scripts/check/gate-thread.js'),
      'verify-worker': join(folder, 'scripts/verify/verifier/verify-worker.js'),
    },
    platform: 'node',
    external: /^[^./]/,
  });
  await bundle.write({ dir: join(folder, 'commands'), chunkFileNames: '[name].js', minify: true });
  for (const name of readdirSync(join(folder, 'scripts'), { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.js')) {
      rmSync(join(folder, 'scripts', name));
    }
  }
}
