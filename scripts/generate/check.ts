import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../cli/command.ts';
import { type Finding, formatPath } from '../cli/finding.ts';
import { describeDifference } from '../files/difference.ts';
import { generateFiles } from './files.ts';
import { type GenerateOptions, hasHeader } from './model/origin.ts';

/**
 * Compares the generated files with what the spec makes now, byte by byte. Writes nothing.
 *
 * Returns a finding of code `generated.stale` for each file that differs, is missing, or is not generated any more;
 * and findings of code `spec.unreadable` when there is nothing to compare with.
 *
 * @throws {SetupError} when there is no such spec, or the folder can't be read
 */
export async function checkGenerated(options: GenerateOptions): Promise<Finding[]> {
  const generation = await generateFiles(options);
  if (generation.files === undefined) {
    return generation.findings;
  }
  const { files, outDir, origin } = generation;
  const present = await readGeneratedFiles(outDir);
  const compared = Object.entries(files).flatMap(([name, expected]) => {
    const difference = describeDifference(expected, present.get(name));
    return difference === undefined
      ? []
      : [report(outDir, name, `${difference.message} Run \`${origin.command}\`.`, difference.line)];
  });
  const leftOver = [...present]
    .filter(([name, text]) => !Object.hasOwn(files, name) && hasHeader(text))
    .map(([name]) => report(outDir, name, 'Nothing generates this file any more. Delete it.', 1));
  return [...compared, ...leftOver];
}

async function readGeneratedFiles(folder: string): Promise<Map<string, string>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory() && entry.name.endsWith('.ts'));
    return new Map(
      await Promise.all(
        names.map(async ({ name }) => [name, await readFile(join(folder, name), 'utf8')] as const),
      ),
    );
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      return new Map();
    }
    throw new SetupError(`Cannot read ${formatPath(folder)}: ${message}. Name a folder with --out.`, {
      cause,
    });
  }
}

function report(outDir: string, name: string, message: string, line: number): Finding {
  const at = { file: formatPath(join(outDir, name)), line, column: 1 };
  return { code: 'generated.stale', severity: 'error', message, at };
}
