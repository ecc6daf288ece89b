import type { Finding } from '../finding.ts';
import { defaultSpecFile, readSpec } from '../spec/read-spec.ts';
import { defaultOutDir, describeOrigin, type Origin } from './origin.ts';
import { UnrenderableSpecError } from './render/render-schema.ts';
import { type GeneratedFiles, renderAll } from './render-all.ts';

/** From where to where. */
export interface GenerateOptions {
  /** Path of the spec. Default `openapi/nexudus-auth.yaml`. */
  specFile?: string | undefined;
  /** Path of the folder. Default `generated`. */
  outDir?: string | undefined;
}

/** Either the generated files, not yet written, or what is wrong with the spec. */
export type Generation =
  | { files: GeneratedFiles; origin: Origin; outDir: string; findings: [] }
  | { files: undefined; findings: Finding[] };

/**
 * Reads a spec and renders its generated files.
 *
 * What is wrong with the spec comes back as findings of code `spec.unreadable`.
 *
 * @throws {SetupError} when there is no such spec
 */
export async function generateFiles(options: GenerateOptions): Promise<Generation> {
  const { specFile = defaultSpecFile, outDir = defaultOutDir } = options;
  const { spec, findings } = await readSpec(specFile);
  if (spec === undefined) {
    return { files: undefined, findings };
  }
  const origin = describeOrigin(specFile, outDir);
  try {
    return { files: await renderAll(spec.document, origin), origin, outDir, findings: [] };
  } catch (error) {
    if (!(error instanceof UnrenderableSpecError)) {
      throw error;
    }
    const message = `openapi-typescript can't render types of it: ${error.message}.`;
    const at = { file: spec.file, line: 1, column: 1 };
    return { files: undefined, findings: [{ code: 'spec.unreadable', severity: 'error', message, at }] };
  }
}
