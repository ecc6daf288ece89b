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
} from './model/origin.ts';
import { readOperations } from './model/read-operations.ts';
import { renderClient } from './render/client.ts';
import { renderExamples } from './render/examples.ts';
import { renderOperations } from './render/operations.ts';
import { renderSchema, UnrenderableSpecError } from './render/schema.ts';
import { renderValidators } from './render/validators.ts';

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
    const files = renderAll(spec.document, origin);
    return { files, origin, outDir, sources, findings: reading.findings };
  } catch (error) {
    if (!(error instanceof UnrenderableSpecError)) {
      throw error;
    }
    const message = `openapi-typescript can't render types of it: ${error.message}.`;
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
export function renderAll(document: Oas3_1Definition, origin: Origin): GeneratedFiles {
  const header = renderHeader(origin);
  const operations = readOperations(document);
  return {
    'schema.ts': header + renderSchema(document),
    'operations.ts': header + renderOperations(operations),
    'client.ts': header + renderClient(operations, origin),
    'validators.ts': header + renderValidators(document),
    'examples.ts': header + renderExamples(document),
  };
}
