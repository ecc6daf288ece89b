import { join } from 'node:path';
import { SetupError } from '../command.ts';
import { formatPath } from '../files/format-path.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { Finding } from '../finding.ts';
import { type GenerateOptions, generateFiles } from './generate-files.ts';

/** What became of a generated file. */
export interface WrittenFile {
  /** The path as people type it. */
  file: string;
  outcome: 'written' | 'unchanged';
}

/**
 * Writes the generated files of a spec, each whole or not at all. None is written when the spec has findings, which
 * are of code `spec.unreadable`.
 *
 * @throws {SetupError} when there is no such spec, or the folder can't be written to
 */
export async function writeGenerated(
  options: GenerateOptions,
): Promise<{ written: WrittenFile[]; findings: Finding[] }> {
  const generation = await generateFiles(options);
  const written: WrittenFile[] = [];
  if (generation.files === undefined) {
    return { written, findings: generation.findings };
  }
  for (const [name, text] of Object.entries(generation.files)) {
    const file = join(generation.outDir, name);
    written.push({ file: formatPath(file), outcome: writeOrExplain(file, text) });
  }
  return { written, findings: [] };
}

function writeOrExplain(file: string, text: string): WrittenFile['outcome'] {
  try {
    return writeWhole(file, text);
  } catch (cause) {
    const message = `Cannot write ${formatPath(file)}: ${(cause as Error).message}. Name another folder with --out.`;
    throw new SetupError(message, { cause });
  }
}
