import { checkGenerated } from '../../generate/check-generated.ts';
import { toolkitFile } from '../../toolkit.ts';
import type { Gate } from '../gate.ts';

/** Spec and generated code: rendered anew and compared byte by byte. Findings: `generated.stale`. */
export const run: Gate['run'] = ({ spec }) =>
  checkGenerated({ specFile: spec.file, outDir: toolkitFile('generated') });
