import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../cli/command.ts';
import { type Finding, formatPath } from '../cli/finding.ts';
import { writeWhole } from '../files/write-whole.ts';
import { openMemory } from './memory.ts';
import { defaultOutDir, type GenerateOptions, generatedNames, hasHeader } from './model/origin.ts';

/** What became of a generated file. */
export interface WrittenFile {
  /** The path as people type it. */
  file: string;
  outcome: 'written' | 'unchanged' | 'deleted';
}

/**
 * Writes the generated files of a spec, each whole or not at all, and deletes those that are generated no more. Nothing
 * changes when the spec can't be read. Where an earlier run has made just the files that are there, nothing else is loaded.
 *
 * @throws {SetupError} when there is no such spec, or the folder can't be written to
 */
export async function writeGenerated(
  options: GenerateOptions,
): Promise<{ written: WrittenFile[]; findings: Finding[] }> {
  const memory = openMemory(options);
  if (memory?.isFresh() === true) {
    const unchanged = generatedNames.map((name) => describe(options, name, 'unchanged'));
    return { written: [...unchanged, ...deleteLeftOver(options)], findings: [] };
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
  return { written: [...written, ...deleteLeftOver(options)], findings };
}

/** Deletes what an earlier version generated and this one does not: it says in its first line that it is generated. */
function deleteLeftOver(options: GenerateOptions): WrittenFile[] {
  const folder = locate(options, '.');
  const entries = readdirSync(folder, { withFileTypes: true });
  const others = entries.filter(
    (entry) =>
      entry.isFile() &&
      entry.name.endsWith('.ts') &&
      !(generatedNames as readonly string[]).includes(entry.name) &&
      hasHeader(readFileSync(join(folder, entry.name), 'utf8')),
  );
  return others.map(({ name }) => {
    rmSync(join(folder, name));
    return describe(options, name, 'deleted');
  });
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
