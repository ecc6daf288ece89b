import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { SetupError } from '../cli/command.ts';
import { type Finding, formatPath } from '../cli/finding.ts';
import { describeDifference } from '../files/difference.ts';
import { readSpec } from '../openapi/read-spec.ts';
import {
  defaultOutDir,
  describeOrigin,
  type GeneratedFiles,
  type GenerateOptions,
  hasHeader,
  type Origin,
  renderHeader,
  wantsFormats,
} from './model/origin.ts';
import { readOperations } from './model/read-operations.ts';
import { prepareDocument } from './prepare/document.ts';
import { renderClient } from './render/client.ts';
import { renderExamples } from './render/examples.ts';
import { renderOperations } from './render/operations.ts';
import { renderSchema, UnrenderableSpecError } from './render/schema.ts';
import { renderValidators, type ValidatorOptions } from './render/validators.ts';

/** Either the generated files, not yet written, or what is wrong with the spec. */
export type Generation =
  | {
      files: GeneratedFiles;
      origin: Origin;
      outDir: string;
      sources: ReadonlyMap<string, string>;
      /** Warnings. */
      findings: Finding[];
    }
  | { files: undefined; sources?: undefined; findings: Finding[] };

/**
 * Reads a spec and renders its generated files.
 *
 * What is wrong with the spec comes back as findings of code `spec.unreadable`.
 *
 * @throws {SetupError} when there is no such spec
 */
export async function generateFiles(options: GenerateOptions): Promise<Generation> {
  const { specFile, outDir = defaultOutDir } = options;
  const reading = await readSpec(specFile, options);
  if (reading.spec === undefined) {
    return { files: undefined, findings: reading.findings };
  }
  const { spec, sources } = reading;
  const origin = describeOrigin(options);
  try {
    const files = renderAll(spec.document, origin, { validateFormats: wantsFormats(options) });
    return { files, origin, outDir, sources, findings: reading.findings };
  } catch (error) {
    // An error that a document causes is a finding in it: a user can do nothing with a stack trace.
    const { message: reason } = error as Error;
    const message =
      error instanceof UnrenderableSpecError
        ? `openapi-typescript can't render types of it: ${reason}.`
        : `No code can be generated from it: ${reason}. Please report this with the document.`;
    const at = { file: spec.file, line: 1, column: 1 };
    return { files: undefined, findings: [{ code: 'spec.unreadable', severity: 'error', message, at }] };
  }
}

/**
 * Renders all generated files of a document. Reads and writes nothing, and the same document always makes the same
 * text.
 *
 * @throws {UnrenderableSpecError} when openapi-typescript can't render the document
 */
export function renderAll(
  document: Oas3_1Definition,
  origin: Origin,
  options: ValidatorOptions = {},
): GeneratedFiles {
  const header = renderHeader(origin);
  const operations = readOperations(document);
  const prepared = prepareDocument(document);
  // Before the types, for which the document is changed further.
  const validators = renderValidators(prepared, options);
  const { code, namedBodies } = renderSchema(prepared);
  return {
    'schema.ts': header + code,
    'operations.ts': header + renderOperations(operations),
    'client.ts': header + renderClient(operations, origin, namedBodies),
    'validators.ts': header + validators,
    'examples.ts': header + renderExamples(document),
  };
}

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
