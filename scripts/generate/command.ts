import { type Command, type CommandContext, defineCommand, type ExitCode } from '../cli/command.ts';
import { configOption, loadProject, requireProject } from '../cli/config.ts';
import { formatFinding, formatPath } from '../cli/finding.ts';
import { type GenerateOptions, originsOf } from './model/origin.ts';

/** `generate`. */
export const command: Command = defineCommand({
  name: 'generate',
  synopsis: ['[options]', '--spec FILE [options]'],
  description: `Generates code from an OpenAPI 3.0 or 3.1 document:

  schema.ts      types
  operations.ts  a table of the operations
  client.ts      a function for each operation
  validators.ts  a validator for each JSON response
  examples.ts    the example responses of the document`,
  options: {
    spec: {
      type: 'string',
      value: 'FILE',
      help: 'the document, YAML or JSON (default: the spec of contract.config.ts)',
    },
    out: {
      type: 'string',
      value: 'DIR',
      help: 'the folder to write to (default: the folder of contract.config.ts, or generated)',
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

interface LocateOptions {
  spec?: string | undefined;
  out?: string | undefined;
  config?: string | undefined;
}

async function locate({ spec, out, config }: LocateOptions): Promise<GenerateOptions> {
  const project = await loadProject({ configFile: config });
  if (spec !== undefined && project === undefined) {
    return { specFile: spec, outDir: out };
  }
  const usual = originsOf(
    requireProject(
      project,
      'generate needs your OpenAPI document',
      'generate --spec openapi.yaml --out src/generated',
    ),
  );
  return { specFile: spec ?? formatPath(usual.specFile), outDir: out ?? formatPath(usual.outDir), usual };
}

async function write(where: GenerateOptions, { stdout }: CommandContext): Promise<ExitCode> {
  const { writeGenerated } = await import('./write.ts');
  const { written, findings } = await writeGenerated(where);
  for (const { file, outcome } of written) {
    stdout(`${outcome} ${file}`);
  }
  findings.map(formatFinding).forEach(stdout);
  return findings.length === 0 ? 0 : 1;
}

async function check(where: GenerateOptions, { stdout }: CommandContext): Promise<ExitCode> {
  const { checkGenerated } = await import('./check.ts');
  const findings = await checkGenerated(where);
  findings.map(formatFinding).forEach(stdout);
  if (findings.length > 0) {
    return 1;
  }
  stdout('All generated files are up to date.');
  return 0;
}
