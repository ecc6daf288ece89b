import type { Finding } from '../../cli/finding.ts';
import { diffSpecs, type Impact } from '../../openapi/diff.ts';
import type { Gate } from './gate.ts';

const titles: Readonly<Record<Impact, string>> = {
  major: 'Breaks consumers',
  minor: 'Adds to the contract',
  patch: 'Changes the wording',
};

/**
 * Spec against last release: the version is high enough for the changes. Findings: `spec.needs-version`, one for the
 * version and one for each change.
 */
export const run: Gate['run'] = async ({ spec, base, tools }) => {
  const { changes, versionProblem } =
    base === undefined ? { changes: [], versionProblem: undefined } : await diffSpecs(base, spec, tools);
  if (versionProblem === undefined) {
    return [];
  }
  const toFinding = (message: string, pointer: string): Finding => ({
    code: 'spec.needs-version',
    severity: 'error',
    message,
    at: spec.locate(pointer),
  });
  return [
    toFinding(`${versionProblem} Raise it in the same commit.`, '#/info/version'),
    ...changes.map(({ impact, message, pointer }) => toFinding(`${titles[impact]}: ${message}`, pointer)),
  ];
};
