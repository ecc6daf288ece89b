import { execFile, execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** How a program ended, and what it printed. */
export interface Ending {
  status: number;
  stdout: string;
  stderr: string;
}

/** An empty project outside of the repository. */
export interface Project {
  folder: string;
  /** Writes a file, by its path in the project. */
  write: (path: string, text: string) => void;
  /** Installs packages from the registry, or tarballs, and gives what npm printed. */
  install: (...packages: string[]) => Promise<string>;
  /** Runs a program in the project. */
  run: (program: string, ...args: string[]) => Promise<Ending>;
  /** Unpacks a package as npm does, with its commands, and without its dependencies, which take long to install. */
  unpack: (name: PackageName) => void;
  /** Lends a package of the repository, for what takes long to install and is not what is tested. */
  lend: (...packages: string[]) => void;
  remove: () => void;
}

/** The packages that are published. */
export type PackageName = 'nexudus-auth-contract' | 'openapi-contract-kit';

/**
 * Packs a package as it is published. It was built before the tests.
 *
 * @returns the path of the tarball, in `folder`
 */
export function packPackage(name: PackageName, folder: string): string {
  const args = ['pack', `./dist/${name}`, '--json', '--pack-destination', folder];
  const packed: unknown = JSON.parse(execFileSync('npm', args, { encoding: 'utf8' }));
  // npm 12 answers an object by name where npm 11 answers a list.
  const [first] = Object.values(packed as object) as { filename: string }[];
  return join(folder, first?.filename ?? '');
}

/** What the `package.json` of a package says that is built. */
export function readBuiltManifest(name: PackageName): BuiltManifest {
  return JSON.parse(readFileSync(`dist/${name}/package.json`, 'utf8'));
}

interface BuiltManifest {
  version: string;
  bin: Record<string, string>;
  exports: Record<string, unknown>;
  dependencies?: Record<string, string>;
}

/**
 * Makes an empty project.
 */
export function createProject(): Project {
  const folder = mkdtempSync(join(tmpdir(), 'nexudus-auth-contract-project-'));
  const write: Project['write'] = (path, text) => writeFileSync(join(folder, path), text);
  const run: Project['run'] = (program, ...args) =>
    new Promise((resolve) => {
      // Not a synchronous one: a mock of this process answers what is run.
      execFile(program, args, { cwd: folder, env: plainEnv() }, (error, stdout, stderr) =>
        resolve({ status: Number(error?.code ?? 0), stdout, stderr }),
      );
    });
  write('package.json', JSON.stringify({ name: 'a-portal', private: true, type: 'module' }));
  return {
    folder,
    write,
    run,
    install: async (...packages) => {
      const options = ['--prefer-offline', '--no-audit', '--no-fund'];
      const { status, stdout, stderr } = await run('npm', 'install', ...options, ...packages);
      if (status !== 0) {
        throw new Error(`npm install ${packages.join(' ')} failed: ${stderr}`);
      }
      return `${stdout}${stderr}`;
    },
    unpack: (name) => {
      const place = join(folder, 'node_modules', name);
      mkdirSync(place, { recursive: true });
      mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
      execFileSync('tar', ['-xzf', packPackage(name, folder), '--strip-components=1', '-C', place]);
      for (const [command, path] of Object.entries(readBuiltManifest(name).bin)) {
        symlinkSync(join('..', name, path), join(folder, 'node_modules/.bin', command));
      }
    },
    lend: (...packages) => {
      for (const name of packages) {
        const place = join(folder, 'node_modules', name);
        mkdirSync(dirname(place), { recursive: true });
        symlinkSync(resolve('node_modules', name), place);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

// What npm and vitest set for their children is not what a newcomer has.
function plainEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_lifecycle|npm_package|NODE_ENV|NODE_OPTIONS|VITEST)/i.test(name),
  );
  return Object.fromEntries(kept);
}

/**
 * Sums up the sizes of all files in a folder, in bytes.
 */
export function measureFolder(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
