import { countScore, formatShare } from '../score.ts';
import type { Verdict } from '../verdict.ts';

/**
 * Renders the totals: a line for the spec, one for the pact, and one for both.
 */
export function formatTotals(verdicts: readonly Verdict[], durationMs: number): string {
  const of = (document: Verdict['mutant']['document']): Verdict[] =>
    verdicts.filter(({ mutant }) => mutant.document === document);
  return [
    formatLine('spec', of('spec')),
    formatLine('pact', of('pact')),
    `${formatLine('both', verdicts)} in ${Math.round(durationMs / 1000)} s`,
  ].join('\n');
}

function formatLine(name: string, verdicts: readonly Verdict[]): string {
  const { total, killed, killedByContent, equivalent, survivors, breakingSurvivors } = countScore(verdicts);
  return (
    `${name}: ${formatShare(killed, total)} of ${total} mutants found (${formatShare(killedByContent, total)} without ` +
    `comparing bytes), ${survivors.length} survived, ${breakingSurvivors.length} of them breaking, ${equivalent} equivalent`
  );
}
