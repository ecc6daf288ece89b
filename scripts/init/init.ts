import { resolve } from 'node:path';
import { type CommandContext, type ExitCode, SetupError } from '../cli/command.ts';
import { formatFinding, pathWithin, toLine } from '../cli/finding.ts';
import { readSpec } from '../openapi/read-spec.ts';
import { type ComparedFile, compareFiles, writeFiles } from './plan.ts';
import { openPrompt, type Prompt } from './prompt.ts';
import { planScaffold, type ReadDocument, type Scaffold, type ScaffoldSettings } from './scaffold.ts';
import { createRunner, installPackages, listMissingPackages, type RunProgram, runCommand } from './steps.ts';
import { inspectFolder, isCompiledInVain, nameProject, type Surroundings, toSlug } from './surroundings.ts';
import { managers } from './templates.ts';

/** The options of `init`. */
export interface InitOptions {
  spec: string | undefined;
  consumer: string | undefined;
  provider: string | undefined;
  folder: string;
  'spec-mode': string | undefined;
  ci: string | undefined;
  'package-manager': string | undefined;
  'no-install': boolean;
  yes: boolean;
  force: boolean;
  'dry-run': boolean;
}

/** The effects of an init. Tests pass their own. */
export interface InitTools {
  /** The project's folder. Default: the working directory. */
  folder?: string;
  /** Runs the package manager and the commands. */
  run?: RunProgram;
  /** Opens a prompt. `undefined`: there is no terminal. Default: one in the terminal, if there is one. */
  openPrompt?: (() => Prompt) | undefined;
}

/**
 * Makes a contract project of a document.
 *
 * @throws {SetupError} for wrong options, for files in the way without a terminal to ask in, and for a failed install
 */
export async function runInit(
  options: InitOptions,
  context: CommandContext,
  tools: InitTools = {},
): Promise<ExitCode> {
  if (!process.features.typescript) {
    throw new SetupError(
      `init writes TypeScript, which Node.js runs from 22.18 on. This is ${process.version}. Install a newer one.`,
    );
  }
  const { folder = process.cwd(), run = createRunner(context.stderr) } = tools;
  const open =
    'openPrompt' in tools ? tools.openPrompt : isTerminal(context.env) ? () => openPrompt() : undefined;
  using prompt = options.yes || options['dry-run'] ? undefined : open?.();
  const surroundings = inspectFolder(folder);
  const place = options.spec ?? (await prompt?.ask('The OpenAPI document, a path or a URL', ''));
  if (place === undefined || place === '') {
    throw new SetupError(
      'init needs your OpenAPI document, such as:\n\n  npx contract-kit init openapi.yaml',
    );
  }
  const reading = await readSpec(place);
  if (reading.spec === undefined) {
    reading.findings.map(formatFinding).forEach(context.stdout);
    return 1;
  }
  const document: ReadDocument = { place, spec: reading.spec, sources: reading.sources };
  const settings = await readSettings(options, document, surroundings, prompt);
  const scaffold = await planScaffold(document, settings, surroundings);
  const files = compareFiles(folder, scaffold.files);
  if (options['dry-run']) {
    files.map(describeFile).forEach(context.stdout);
    return 0;
  }
  const chosen = await settleDifferences(files, options.force, prompt);
  writeFiles(
    folder,
    chosen.filter(({ outcome }) => outcome !== 'unchanged'),
  );
  chosen.map(describeFile).forEach(context.stdout);
  return finish({ options, settings, scaffold, folder, run, context });
}

// A CI server may have a terminal that nobody reads.
function isTerminal(env: CommandContext['env']): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true && !env.CI;
}

async function readSettings(
  options: InitOptions,
  { place, spec }: ReadDocument,
  surroundings: Surroundings,
  prompt: Prompt | undefined,
): Promise<ScaffoldSettings> {
  const { info } = spec.document;
  const named = (info as { 'x-pact-provider'?: unknown } | undefined)?.['x-pact-provider'];
  const provider = typeof named === 'string' ? named : toSlug(info?.title ?? '') || 'provider';
  const isInside = !isUrl(place) && pathWithin(surroundings.folder, resolve(place)) !== undefined;
  const ask = async (option: 'consumer' | 'provider', question: string, fallback: string): Promise<string> =>
    readName(`--${option}`, options[option] ?? (await prompt?.ask(question, fallback)) ?? fallback);
  const choose = async <Choice extends string>(
    option: 'spec-mode' | 'ci' | 'package-manager',
    choices: readonly Choice[],
    fallback: Choice,
    question?: string,
  ): Promise<Choice> => {
    const given = options[option];
    if (given !== undefined) {
      return readChoice(`--${option}`, given, choices);
    }
    return question === undefined
      ? fallback
      : ((await prompt?.choose(question, choices, fallback)) ?? fallback);
  };
  const specMode = await choose(
    'spec-mode',
    ['copy', 'reference'],
    isInside ? 'reference' : 'copy',
    isUrl(place) ? undefined : 'Copy the document, or reference it where it is?',
  );
  if (specMode === 'reference' && isUrl(place)) {
    throw new SetupError('--spec-mode is "reference", but a document from a URL has to be copied.');
  }
  return {
    consumer: await ask('consumer', 'The name of the consumer in the pact', nameProject(surroundings)),
    provider: await ask('provider', 'The name of the provider in the pact', provider),
    folder: readFolder(options.folder),
    specMode,
    ci: await choose('ci', ['github', 'none'], surroundings.isTop ? 'github' : 'none', 'A CI workflow?'),
    manager: await choose('package-manager', ['npm', 'pnpm', 'yarn'], surroundings.manager ?? 'npm'),
  };
}

function isUrl(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

function readChoice<Choice extends string>(
  option: string,
  given: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === given);
  if (found === undefined) {
    throw new SetupError(`${option} is "${given}", expected ${choices.join(' or ')}.`);
  }
  return found;
}

// It becomes part of the name of a file.
function readName(option: string, given: string): string {
  if (!/^[\w@][\w@. -]*$/.test(given)) {
    throw new SetupError(`${option} is "${given}", expected letters, digits, dashes, dots and blanks.`);
  }
  return given;
}

function readFolder(given: string): string {
  const folder = given.replaceAll('\\', '/').replaceAll(/^\.\/|\/+$/g, '');
  if (!/^[\w.-]+(?:\/[\w.-]+)*$/.test(folder) || folder.split('/').includes('..') || folder === '.') {
    throw new SetupError(`--folder is "${given}", expected a folder in the project, such as contracts.`);
  }
  return folder;
}

function describeFile({ outcome, path }: ComparedFile): string {
  return `${outcome.padEnd(9)}  ${path}`;
}

/** Decides about files that have another text. */
async function settleDifferences(
  files: readonly ComparedFile[],
  isForced: boolean,
  prompt: Prompt | undefined,
): Promise<ComparedFile[]> {
  const different = files.filter(({ outcome }) => outcome === 'different');
  if (different.length === 0 || isForced) {
    return [...files];
  }
  const list = different.map(({ path }) => `\n  ${path}`).join('');
  const choices = ['overwrite', 'keep', 'stop'] as const;
  const choice = await prompt?.choose(
    `These files are there, with another text:${list}\nWhat now?`,
    choices,
    'stop',
  );
  if (choice === undefined || choice === 'stop') {
    throw new SetupError(
      `These files are there, with another text. Nothing was written. Pass --force to overwrite them, or name another folder with --folder:${list}`,
    );
  }
  return files.filter(({ outcome }) => choice === 'overwrite' || outcome !== 'different');
}

interface Ending {
  options: InitOptions;
  settings: ScaffoldSettings;
  scaffold: Scaffold;
  folder: string;
  run: RunProgram;
  context: CommandContext;
}

async function finish({ options, settings, scaffold, folder, run, context }: Ending): Promise<ExitCode> {
  const { install, run: formatScript } = managers[settings.manager];
  const nameScript = (name: string): string => formatScript(scaffold.scripts[name] ?? name);
  const isIncomplete = listMissingPackages(folder).length > 0;
  if (isIncomplete && options['no-install']) {
    const steps = [install, ...['generate', 'contract', 'check'].map(nameScript)].map(
      (line) => `Run ${line}.`,
    );
    tellNext([...steps, ...(await listNextSteps(folder, settings, scaffold, nameScript))], context);
    return 0;
  }
  if (isIncomplete) {
    context.stderr(`Running ${install} …`);
    if ((await installPackages(run, settings.manager, folder)) !== 0) {
      throw new SetupError(
        `${install} failed. The files are written. Run it again, then ${nameScript('generate')}, ${nameScript('contract')} and ${nameScript('check')}.`,
      );
    }
  }
  for (const name of ['generate', 'contract', 'check']) {
    context.stderr(`Running ${nameScript(name)} …`);
    const exitCode = await runCommand(run, name, folder);
    if (exitCode !== 0) {
      context.stdout(
        `\n${nameScript(name)} is not green. Its findings are above. Fix them, and run it again.`,
      );
      return exitCode === 1 ? 1 : 2;
    }
  }
  const tests = scaffold.operations.flatMap(({ cases }) => cases);
  const tested = scaffold.operations.filter(({ cases }) => cases.length > 0);
  context.stdout(
    `\nThe contract is green: ${tests.length} consumer tests of ${tested.length} operations, and all gates pass.`,
  );
  tellNext(await listNextSteps(folder, settings, scaffold, nameScript), context);
  return 0;
}

function tellNext(steps: readonly string[], { stdout }: CommandContext): void {
  stdout(`\nNext steps:\n${steps.map((step, index) => `  ${index + 1}. ${step}`).join('\n')}`);
}

async function listNextSteps(
  root: string,
  { folder, manager }: ScaffoldSettings,
  { operations, variables }: Scaffold,
  nameScript: (name: string) => string,
): Promise<string[]> {
  const untested = operations.filter(({ obstacle }) => obstacle !== undefined);
  const named = variables.map(({ variable }) => variable).join(', ');
  return [
    `Read the tests in ${folder}/. Keep what your app relies on, and run ${nameScript('contract')} after each change.`,
    ...untested.map(({ operation, obstacle }) =>
      toLine(`Write the test of ${operation.id} by hand: ${obstacle}.`),
    ),
    ...((await isCompiledInVain(root, folder))
      ? [
          `Your tsconfig.json compiles ${folder}/, too. Exclude it there, or set allowImportingTsExtensions: the generated code imports .ts files.`,
        ]
      : []),
    `Call the API with ${folder}/generated/client.ts. ${nameScript('mock')} serves the document meanwhile.`,
    'Commit all files, and the lock file with them.',
    `Run ${nameScript('mutate')} to see what the gates find.`,
    `${named === '' ? '' : `Set ${named}. `}Run ${managers[manager].execute('contract-kit verify --base-url URL')} to replay the pact on a provider.`,
  ];
}
