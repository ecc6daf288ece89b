import { enableCompileCache } from 'node:module';
import { type CommandContext, type ExitCode, parseOptions } from '../command.ts';
import { formatFinding } from '../finding.ts';

/** The text of `generate --help`. */
export const usage: string = `Usage: nexudus-auth-contract generate [options]

Writes schema.ts (types), operations.ts (a table of the operations), client.ts (a function for each), validators.ts
(a check of each JSON response) and examples.ts (the answers that the document shows) from an OpenAPI 3.0 or 3.1
document.

Options:
  --spec FILE  the document, YAML or JSON (default openapi/nexudus-auth.yaml)
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
  // Most of the time goes into compiling TypeScript and Redocly; Node.js keeps what comes of it from run to run.
  enableCompileCache();
  const where = { specFile: options.spec, outDir: options.out };
  return options.check === true ? check(where, context) : write(where, context);
}

interface Where {
  specFile: string | undefined;
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
