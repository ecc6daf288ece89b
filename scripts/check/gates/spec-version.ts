import type { Finding } from '../../finding.ts';
import { diffSpecs, type Impact } from '../../spec/diff-specs.ts';
import type { Gate } from '../gate.ts';

const titles: Readonly<Record<Impact, string>> = {
  major: 'Breaks consumers',
  minor: 'Adds to the contract',
  patch: 'Changes the wording',
};

/**
 * The spec and its last release: what changed needs a version bump of its own size. Findings: `spec.needs-version`,
 * one for the version and one for each change, while the version is too low.
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
