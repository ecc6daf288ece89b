import { toolkitFile } from '../../toolkit.ts';
import type { Gate } from '../gate.ts';

/** Spec and generated code: rendered anew and compared byte by byte. Findings: `generated.stale`. */
export const generatedFresh: Gate = {
  name: 'generated-fresh',
  subject: 'generated code',
  standard: 'spec',
  run: async ({ spec }) => {
    // It loads TypeScript, which the gates of a pact do without.
    const { checkGenerated } = await import('../../generate/check-generated.ts');
    return checkGenerated({ specFile: spec.file, outDir: toolkitFile('generated') });
  },
};
