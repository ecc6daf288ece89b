import type { Finding } from '../finding.ts';
import { defaultSpecFile } from '../spec/default-spec-file.ts';
import { readSpec } from '../spec/read-spec.ts';
import type { GeneratedFiles, GenerateOptions } from './generated-files.ts';
import { defaultOutDir, describeOrigin, type Origin } from './origin.ts';
import { UnrenderableSpecError } from './render/render-schema.ts';
import { renderAll } from './render-all.ts';

/** Either the generated files, not yet written, or what is wrong with the spec. */
export type Generation =
  | {
      files: GeneratedFiles;
      origin: Origin;
      outDir: string;
      sources: ReadonlyMap<string, string>;
      findings: [];
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
  const { specFile = defaultSpecFile, outDir = defaultOutDir } = options;
  const reading = await readSpec(specFile);
  if (reading.spec === undefined) {
    return { files: undefined, findings: reading.findings };
  }
  const { spec, sources } = reading;
  const origin = describeOrigin(specFile, outDir);
  try {
    const files = renderAll(spec.document, origin);
    return { files, origin, outDir, sources, findings: [] };
  } catch (error) {
    if (!(error instanceof UnrenderableSpecError)) {
      throw error;
    }
    const message = `openapi-typescript can't render types of it: ${error.message}.`;
    const at = { file: spec.file, line: 1, column: 1 };
    return { files: undefined, findings: [{ code: 'spec.unreadable', severity: 'error', message, at }] };
  }
}
