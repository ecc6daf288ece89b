import { join } from 'node:path';
import { SetupError } from '../cli/command.ts';
import { type Finding, formatPath } from '../cli/finding.ts';
import { writeWhole } from '../files/write-whole.ts';
import { openMemory } from './memory.ts';
import { defaultOutDir, type GenerateOptions, generatedNames } from './model/origin.ts';

/** What became of a generated file. */
export interface WrittenFile {
  /** The path as people type it. */
  file: string;
  outcome: 'written' | 'unchanged';
}

/**
 * Writes the generated files of a spec, each whole or not at all. None is written when the spec can't be read. Where an earlier run has made just the files that are there, nothing else is loaded.
 *
 * @throws {SetupError} when there is no such spec, or the folder can't be written to
 */
export async function writeGenerated(
  options: GenerateOptions,
): Promise<{ written: WrittenFile[]; findings: Finding[] }> {
  const memory = openMemory(options);
  if (memory?.isFresh() === true) {
    return { written: generatedNames.map((name) => describe(options, name, 'unchanged')), findings: [] };
  }
  const { generateFiles } = await import('./files.ts');
  const { files, sources, findings } = await generateFiles(options);
  if (files === undefined) {
    return { written: [], findings };
  }
  const written = generatedNames.map((name) =>
    describe(options, name, writeOrExplain(locate(options, name), files[name])),
  );
  memory?.remember(sources, files);
  return { written, findings };
}

function describe(options: GenerateOptions, name: string, outcome: WrittenFile['outcome']): WrittenFile {
  return { file: formatPath(locate(options, name)), outcome };
}

function locate({ outDir = defaultOutDir }: GenerateOptions, name: string): string {
  return join(outDir, name);
}

function writeOrExplain(file: string, text: string): WrittenFile['outcome'] {
  try {
    return writeWhole(file, text);
  } catch (cause) {
    const message = `Cannot write ${formatPath(file)}: ${(cause as Error).message}. Name another folder with --out.`;
    throw new SetupError(message, { cause });
  }
}
