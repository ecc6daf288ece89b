import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandContext, type ExitCode, parseOptions, SetupError } from '../command.ts';
import { writeWhole } from '../files/write-whole.ts';
import { judgeInThreads } from './judge-in-threads.ts';
import { judgePactMutants } from './judge-pact-mutants.ts';
import { listPactMutants, listSpecMutants } from './list-mutants.ts';
import { readOriginals } from './read-originals.ts';
import { formatHtml } from './report/html.ts';
import { formatMarkdown } from './report/markdown.ts';
import { formatTotals } from './report/totals.ts';
import { countScore } from './score.ts';
import type { Verdict } from './verdict.ts';

/** The text of `mutate --help`. */
export const usage: string = `Usage: node scripts/dev.ts mutate [options]

Proves the gates: changes spec and pact by rule, one small change at a time, and counts the changes that they find.

Options:
  --markdown FILE  where the report goes (default reports/mutation.md)
  --html FILE      and the same as a page (default reports/mutation.html)
  --goal PERCENT   fail below this share (default 98)

Exit code: 0 goal reached and no breaking change survived, 1 not so, 2 wrong usage or a broken setup.`;

/**
 * Runs the contract mutation test and writes its report.
 *
 * @throws {SetupError} for wrong usage, and when the originals have findings
 */
export async function run(args: string[], context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(args, {
    markdown: { type: 'string', default: 'reports/mutation.md' },
    html: { type: 'string', default: 'reports/mutation.html' },
    goal: { type: 'string', default: '98' },
  });
  const goal = Number(options.goal);
  if (!(goal >= 0 && goal <= 100)) {
    throw new SetupError(`--goal is "${options.goal}", expected a number from 0 to 100.`);
  }
  const start = performance.now();
  const verdicts = await judgeAll(context);
  const durationMs = performance.now() - start;
  writeWhole(options.markdown, formatMarkdown(verdicts, durationMs));
  writeWhole(options.html, formatHtml(verdicts, durationMs));
  context.stdout(formatTotals(verdicts, durationMs));
  context.stderr(`${options.markdown} and ${options.html} are written.`);
  const { killed, total, breakingSurvivors } = countScore(verdicts);
  return killed / total >= goal / 100 && breakingSurvivors.length === 0 ? 0 : 1;
}

async function judgeAll({ stderr }: CommandContext): Promise<Verdict[]> {
  const { spec, document, pactDocument } = await readOriginals();
  const ofSpec = listSpecMutants(document);
  const ofPact = listPactMutants(pactDocument);
  const onVerdict = countProgress(ofSpec.length + ofPact.length, stderr);
  const folder = mkdtempSync(join(tmpdir(), 'nexudus-mutants-'));
  try {
    return [
      ...(await judgeInThreads(ofSpec, onVerdict)),
      ...(await judgePactMutants(ofPact, { spec, pact: pactDocument, folder, onVerdict })),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countProgress(total: number, print: (line: string) => void): () => void {
  let done = 0;
  return () => {
    done += 1;
    if (done % 100 === 0 || done === total) {
      print(`  ${done} of ${total} mutants`);
    }
  };
}
