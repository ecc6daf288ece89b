import { readManifest, toolkitFile } from '../../toolkit.ts';
import type { Gate } from '../gate.ts';

/** The package and the spec that it carries: one version for both. Findings: `package.other-version`. */
export const run: Gate['run'] = async ({ spec }) => {
  const { version } = readManifest();
  const expected = spec.document.info?.version;
  return version === expected
    ? []
    : [
        {
          code: 'package.other-version',
          severity: 'error',
          message: `The package has the version ${version}, expected ${expected}, which the spec has.`,
          at: { file: toolkitFile('package.json'), pointer: '#/version' },
        },
      ];
};
