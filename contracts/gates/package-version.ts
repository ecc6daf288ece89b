import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Gate, requireProject } from '../../scripts/check/gates/gate.ts';
import { formatPath } from '../../scripts/cli/finding.ts';

/** The package and the spec that it carries: one version for both. Findings: `package.other-version`. */
export const run: Gate['run'] = async (context) => {
  const file = join(requireProject(context).folder, 'package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8'));
  const expected = context.spec.document.info?.version;
  return version === expected
    ? []
    : [
        {
          code: 'package.other-version',
          severity: 'error',
          message: `The package has version ${version}, expected ${expected}, the version of the spec.`,
          at: { file: formatPath(file), pointer: '#/version' },
        },
      ];
};
