import { type CommandContext, type ExitCode, parseOptions } from '../command.ts';
import { formatPath } from '../files/format-path.ts';
import { formatFinding } from '../finding.ts';
import { defaultSpecFile } from '../spec/default-spec-file.ts';
import { requireOwnRepository, toolkitFile } from '../toolkit.ts';
import { defaultOutDir } from './origin.ts';

/** The text of `generate --help`. */
export const usage: string = `Usage: nexudus-auth-contract generate --spec FILE [options]

Writes schema.ts (types), operations.ts (a table of the operations), client.ts (a function for each), validators.ts
(a check of each JSON response) and examples.ts (the answers that the document shows) from an OpenAPI 3.0 or 3.1
document.

Options:
  --spec FILE  the document, YAML or JSON (only in this toolkit's own repository there is a default, its own)
  --out DIR    the folder to write to (default generated)
  --check      write nothing; report every file that is not what the document makes now
  --help       this text

Exit code: 0 done or fresh, 1 the document has findings or a file is stale, 2 wrong usage or a broken setup.`;

/**
 * Runs `generate`. What does the work is loaded late, so that help is instant.
 *
 * @throws {SetupError} for wrong usage, a missing document or a folder that can't be used
 */
export async function run(args: string[], context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(args, {
    spec: { type: 'string' },
    out: { type: 'string' },
    check: { type: 'boolean' },
  });
  const where = locate(options);
  return options.check === true ? check(where, context) : write(where, context);
}

/** Only in this toolkit's own repository is there a default, which is its own, wherever in it this runs. */
function locate({ spec, out }: { spec?: string | undefined; out?: string | undefined }): Where {
  if (spec !== undefined) {
    return { specFile: spec, outDir: out };
  }
  requireOwnRepository(
    'generate needs your OpenAPI document',
    'generate --spec openapi.yaml --out src/generated',
  );
  return {
    specFile: formatPath(toolkitFile(defaultSpecFile)),
    outDir: out ?? formatPath(toolkitFile(defaultOutDir)),
  };
}

interface Where {
  specFile: string;
  outDir: string | undefined;
}

async function write(where: Where, { stdout }: CommandContext): Promise<ExitCode> {
  const { writeGenerated } = await import('./write-generated.ts');
  const { written, findings } = await writeGenerated(where);
  for (const { file, outcome } of written) {
    stdout(`${outcome} ${file}`);
  }
  findings.map(formatFinding).forEach(stdout);
  return findings.length === 0 ? 0 : 1;
}

async function check(where: Where, { stdout }: CommandContext): Promise<ExitCode> {
  const { checkGenerated } = await import('./check-generated.ts');
  const findings = await checkGenerated(where);
  findings.map(formatFinding).forEach(stdout);
  if (findings.length > 0) {
    return 1;
  }
  stdout('All generated files are fresh.');
  return 0;
}
