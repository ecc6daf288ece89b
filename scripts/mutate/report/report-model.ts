import { toPointer } from '../../spec/to-pointer.ts';
import type { Mutant } from '../mutant.ts';
import { countMatrix, countScore, formatShare, type OperatorRow } from '../score.ts';
import type { Verdict } from '../verdict.ts';
import { describeChange } from './describe-change.ts';

/** A matrix of operators by gates, in texts. */
export interface ReportTable {
  title: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A mutant that no gate found. */
export interface ReportSurvivor {
  title: string;
  isBreaking: boolean;
  /** Lines that begin with `- ` or `+ `. */
  change: string;
}

/**
 * Makes the tables of a report, one for the spec and one for the pact. A cell says how many mutants of the operator
 * the gate found and, after a slash, how many it found alone.
 */
export function makeTables(verdicts: readonly Verdict[]): ReportTable[] {
  const documents: readonly Mutant['document'][] = ['spec', 'pact'];
  return documents.map((document) => {
    const rows = countMatrix(verdicts).filter((row) => row.document === document);
    const gates = [...new Set(rows.flatMap(({ byGate }) => [...byGate.keys()]))];
    return {
      title: `Mutants of the ${document}`,
      head: ['operator', 'mutants', 'found', ...gates],
      rows: rows.map((row) => toCells(row, gates)),
    };
  });
}

function toCells({ operator, total, killed, byGate }: OperatorRow, gates: readonly string[]): string[] {
  const cells = gates.map((gate) => {
    const count = byGate.get(gate);
    return count === undefined ? '' : `${count.killed}${count.alone === 0 ? '' : ` / ${count.alone}`}`;
  });
  return [operator, String(total), formatShare(killed, total), ...cells];
}

/**
 * Lists the mutants that no gate found, with what was changed.
 */
export function listSurvivors(verdicts: readonly Verdict[]): ReportSurvivor[] {
  return countScore(verdicts).survivors.map(({ mutant, isBreaking }) => ({
    title: `${mutant.document}: ${mutant.operator} (${mutant.detail}) at ${toPointer(mutant.keys)}`,
    isBreaking: isBreaking === true,
    change: describeChange(mutant),
  }));
}
