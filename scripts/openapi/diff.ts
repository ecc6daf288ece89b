import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from '../cli/command.ts';
import { runTool, type ToolRun, type ToolSettings } from '../cli/tool.ts';
import { toolkitFile } from '../cli/toolkit.ts';
import type { Spec } from './read-spec.ts';

/** How far a change reaches: `major` breaks consumers. */
export type Impact = 'major' | 'minor' | 'patch';

/** A change between two versions of a spec. */
export interface SpecChange {
  impact: Impact;
  /** A full sentence. */
  message: string;
  /** JSON pointer into the later version, or to the nearest part of it that is left. */
  pointer: string;
}

/** All changes between two versions of a spec. */
export interface SpecDifference {
  changes: SpecChange[];
  /** What is wrong with `info.version` after these changes, as a sentence; `undefined` where it is high enough. */
  versionProblem: string | undefined;
}

/** The report of `redocly diff`, as far as it is read. */
interface DiffReport {
  changes: {
    path: string;
    kind: string;
    impact: Impact;
    property?: string;
    verdicts?: { ruleId: string; message: string }[];
    revision?: { pointer: string };
  }[];
}

/**
 * Compares two versions of a spec with `redocly diff`, which rates every change by the version bump that it needs.
 *
 * @param tools how it is run
 * @throws {SetupError} when it does not compare them
 */
export async function diffSpecs(base: Spec, revision: Spec, tools?: ToolSettings): Promise<SpecDifference> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-kit-diff-'));
  try {
    // Both as they were read: the file of an older OpenAPI version differs from that all over.
    const files = Object.entries({ base, revision }).map(([name, { document }]) => {
      const file = join(folder, `${name}.json`);
      writeFileSync(file, JSON.stringify(document));
      return file;
    });
    // With a plain redocly.yaml it finds no change breaking.
    const options = ['--config', toolkitFile('redocly-diff.yaml'), '--format', 'json'];
    const versionOptions = ['--check-version', '--fail-on', 'none'];
    const args = ['diff', ...files, ...options, ...versionOptions];
    return readRun(await runTool('@redocly/cli', args, tools));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readRun({ exitCode, stdout, stderr }: ToolRun): SpecDifference {
  const versionProblem = /^\W*(info\.version .+)$/m.exec(stderr)?.[1];
  if (!stdout.startsWith('{') || (exitCode !== 0 && versionProblem === undefined)) {
    throw new SetupError(`redocly diff did not compare the specs:\n${stderr || stdout}`);
  }
  const { changes } = JSON.parse(stdout) as DiffReport;
  return { changes: changes.map(toChange), versionProblem };
}

function toChange({
  path,
  kind,
  impact,
  property,
  verdicts,
  revision,
}: DiffReport['changes'][number]): SpecChange {
  const [verdict] = verdicts ?? [];
  const what = [property, path.replace('#', '')].filter((part) => part !== undefined).join(' of ');
  return {
    impact,
    message: verdict === undefined ? `${what} is ${kind}.` : `${verdict.message} (${verdict.ruleId})`,
    pointer: revision?.pointer ?? path,
  };
}
