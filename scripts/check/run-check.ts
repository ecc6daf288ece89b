import { SetupError } from '../command.ts';
import { formatPath } from '../files/format-path.ts';
import { defaultSpecFile } from '../spec/default-spec-file.ts';
import { toolkitFile } from '../toolkit.ts';
import type { Gate } from './gate.ts';
import { specVersion } from './gates/spec-version.ts';
import { gates, pactGates } from './gates.ts';
import { openContext } from './open-context.ts';
import { readDocuments } from './read-documents.ts';
import type { CheckReport } from './report/report.ts';
import { runGates } from './run-gates.ts';
import { selectGates } from './select-gates.ts';

/** What is checked, and by which gates. */
export interface CheckOptions {
  pact?: string | undefined;
  spec?: string | undefined;
  base?: string | undefined;
  only?: string | undefined;
  skip?: string | undefined;
  bail: boolean;
}

/**
 * Runs the gates side by side.
 *
 * @throws {SetupError} for wrong usage, and when a gate can't run
 */
export async function runCheck(options: CheckOptions, stderr: (line: string) => void): Promise<CheckReport> {
  const { pact, spec = toolkitFile(defaultSpecFile), base, only, skip, bail } = options;
  const selected = selectGates(offerGates(options), only, skip);
  const start = performance.now();
  const { documents, findings } = await readDocuments({ spec, pact, base });
  if (documents === undefined) {
    return { results: [], findings, durationMs: performance.now() - start };
  }
  await using context = openContext(documents);
  stderr(`Running ${selected.length} gates …`);
  const results = await runGates(selected, context, {
    bail,
    onEnd: ({ gate, verdict }) => stderr(`  ${gate.name} ${verdict}`),
  });
  return { results, findings: [], durationMs: performance.now() - start };
}

function offerGates({ pact, spec, base }: CheckOptions): readonly Gate[] {
  if (pact !== undefined) {
    return pactGates;
  }
  if (spec === undefined || formatPath(spec) === formatPath(toolkitFile(defaultSpecFile))) {
    return gates.filter((gate) => gate !== specVersion || base !== undefined);
  }
  if (base === undefined) {
    throw new SetupError(
      '--spec names the spec of another API: name its pact with --pact, or an earlier version of it with --base.',
    );
  }
  return [specVersion];
}
