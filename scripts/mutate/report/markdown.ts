import { equivalenceRules } from '../equivalence.ts';
import type { Verdict } from '../verdict.ts';
import { listSurvivors, makeTables, type ReportTable } from './report-model.ts';
import { formatTotals } from './totals.ts';

/**
 * Renders the contract mutation test as Markdown.
 */
export function formatMarkdown(verdicts: readonly Verdict[], durationMs: number): string {
  const survivors = listSurvivors(verdicts);
  return `${[
    '# Contract mutation test',
    formatTotals(verdicts, durationMs)
      .split('\n')
      .map((line) => `- ${line}`)
      .join('\n'),
    'A cell says how many mutants a gate found and, after a slash, how many it found alone.',
    ...makeTables(verdicts).map(formatTable),
    `## Survivors`,
    survivors.length === 0
      ? 'None.'
      : survivors
          .map(
            ({ title, isBreaking, change }) =>
              `### ${title}${isBreaking ? ' (breaking)' : ''}\n\n\`\`\`diff\n${change}\n\`\`\``,
          )
          .join('\n\n'),
    '## Equivalent by rule',
    equivalenceRules.map(({ reason }) => `- ${reason}`).join('\n'),
  ].join('\n\n')}\n`;
}

function formatTable({ title, head, rows }: ReportTable): string {
  const lines = [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...rows];
  return `## ${title}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`;
}
