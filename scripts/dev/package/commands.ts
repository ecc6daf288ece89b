import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dispatch } from '../../cli/dispatch.ts';
import { toolkitFile } from '../../cli/toolkit.ts';
import { explainMissingToolkit, findToolkit, ownSpecFile } from './toolkit.ts';

const program = 'nexudus-auth-contract';

// What the toolkit checks where nothing else is named, until it reads that from a config.
const verbsWithSpec = ['check', 'verify'];

/**
 * Runs the bundled mock for `mock`, and passes any other command on to the toolkit, with this contract's config. Sets the
 * exit code: 2 where the toolkit is not installed.
 *
 * @param args what was typed after the name of the program
 */
export async function runContractCommand(args: readonly string[]): Promise<void> {
  const [verb = '--help', ...options] = args;
  const isHelp = ['--help', '-h', 'help'].includes(verb);
  if (verb === 'mock' && !namesSpec(options)) {
    process.exitCode = await runOwn([verb, '--spec', ownSpecFile, ...options]);
    return;
  }
  if (verb === '--version' || verb === '-v') {
    process.exitCode = await runOwn(args);
    return;
  }
  const folder = findToolkit();
  if (folder !== undefined) {
    await passOn(folder, args.length === 0 || isHelp ? args : [verb, ...addDocuments(verb, options)]);
    return;
  }
  process.exitCode = isHelp ? await runOwn(args) : 2;
  console.error(explainMissingToolkit(isHelp ? 'Any other command' : `${program} ${verb}`));
}

function runOwn(args: readonly string[]): ReturnType<typeof dispatch> {
  const mock = { summary: 'serve the spec as a mock', load: () => import('../../mock/command.ts') };
  return dispatch(program, { mock }, args);
}

async function passOn(folder: string, args: readonly string[]): Promise<void> {
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = join(folder, bin['contract-kit']);
  process.argv.splice(1, Infinity, file, ...args);
  // It sets the exit code.
  await import(pathToFileURL(file).href);
}

function addDocuments(verb: string, options: readonly string[]): readonly string[] {
  const config = toolkitFile('contract.config.js');
  if (existsSync(config)) {
    return names(options, '--config') || ['explain', 'init'].includes(verb)
      ? options
      : ['--config', config, ...options];
  }
  const isMeant = verbsWithSpec.includes(verb) && (names(options, '--pact') || names(options, '--har'));
  return isMeant && !namesSpec(options) ? ['--spec', ownSpecFile, ...options] : options;
}

// An argument can stand elsewhere, too, but there it looks like the value of an option.
function namesSpec(options: readonly string[]): boolean {
  return names(options, '--spec') || options[0]?.startsWith('-') === false;
}

function names(options: readonly string[], name: string): boolean {
  return options.some((word) => word === name || word.startsWith(`${name}=`));
}
