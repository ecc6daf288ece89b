import {
  type Command,
  type CommandContext,
  defineCommand,
  type ExitCode,
  type OptionValues,
} from '../cli/command.ts';
import { configOption, loadProject } from '../cli/config.ts';
import { formatFinding, formatPath, formatWarnings } from '../cli/finding.ts';
import { chooseSpec, specOptions } from '../cli/spec-choice.ts';
import { type GenerateOptions, originsOf } from './model/origin.ts';

/** `generate`. */
export const command: Command = defineCommand({
  name: 'generate',
  synopsis: ['[options]', 'DOCUMENT [options]'],
  description: `Generates code from an OpenAPI document:

  schema.ts      types
  operations.ts  a table of the operations
  client.ts      a function for each operation
  validators.ts  a validator for each JSON response
  examples.ts    the example responses of the document`,
  options: {
    ...specOptions,
    out: {
      type: 'string',
      value: 'DIR',
      help: 'the folder to write to (default: the folder of contract.config.ts, or generated)',
    },
    'validate-formats': {
      type: 'boolean',
      help: 'have validators check the format of strings, such as date-time (default: validateFormats of contract.config.ts)',
    },
    config: configOption,
    check: { type: 'boolean', help: 'write nothing; report every file that is out of date' },
  },
  exitCodes: {
    0: 'done or up to date',
    1: 'the document has findings or a file is out of date',
    2: 'wrong usage or a broken setup',
  },
  run: async (options, context) => {
    const where = await locate(options);
    return options.check ? check(where, context) : write(where, context);
  },
});

type LocateOptions = OptionValues<typeof specOptions> & {
  out?: string | undefined;
  'validate-formats': boolean;
  config?: string | undefined;
};

async function locate({ out, config, ...options }: LocateOptions): Promise<GenerateOptions> {
  const project = await loadProject({ configFile: config });
  const { specFile, overlays, allowRemoteRefs } = chooseSpec(options, project, [
    'generate needs your OpenAPI document',
    'generate openapi.yaml --out src/generated',
  ]);
  const usual = project && originsOf(project);
  const outDir = out ?? (usual && formatPath(usual.outDir));
  const validateFormats = options['validate-formats'] || undefined;
  return { validateFormats, specFile, overlays, allowRemoteRefs, outDir, usual };
}

async function write(where: GenerateOptions, { stdout, stderr }: CommandContext): Promise<ExitCode> {
  const { writeGenerated } = await import('./write.ts');
  const { written, findings } = await writeGenerated(where);
  for (const { file, outcome } of written) {
    stdout(`${outcome} ${file}`);
  }
  const isRead = written.length > 0;
  if (isRead) {
    formatWarnings(findings).forEach(stderr);
  } else {
    findings.map(formatFinding).forEach(stdout);
  }
  return isRead ? 0 : 1;
}

async function check(where: GenerateOptions, { stdout }: CommandContext): Promise<ExitCode> {
  const { checkGenerated } = await import('./files.ts');
  const findings = await checkGenerated(where);
  findings.map(formatFinding).forEach(stdout);
  if (findings.length > 0) {
    return 1;
  }
  stdout('All generated files are up to date.');
  return 0;
}
