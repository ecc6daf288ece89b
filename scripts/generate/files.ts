import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { Finding } from '../cli/finding.ts';
import { readSpec } from '../openapi/read-spec.ts';
import {
  defaultOutDir,
  describeOrigin,
  type GeneratedFiles,
  type GenerateOptions,
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
    // Whatever a document makes fail is told as a finding of it: nobody can do anything with a stack trace.
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
  return {
    'schema.ts': header + renderSchema(prepared),
    'operations.ts': header + renderOperations(operations),
    'client.ts': header + renderClient(operations, origin),
    'validators.ts': header + validators,
    'examples.ts': header + renderExamples(document),
  };
}
