import type { Verdict } from './verdict.ts';
import { isSurvivor } from './verdict.ts';

/** Gates that compare bytes with the original: they find every change, and say nothing of what it means. */
export const byteGates: readonly string[] = ['generated-fresh', 'pact-fresh'];

/** How many mutants were found. */
export interface Score {
  /** Without those that are the same contract by rule. */
  total: number;
  killed: number;
  /** Found by gates that judge the contract, byte comparisons aside. */
  killedByContent: number;
  equivalent: number;
  survivors: readonly Verdict[];
  /** Survivors that `redocly diff` calls breaking. */
  breakingSurvivors: readonly Verdict[];
}

/** A row of the matrix: what became of the mutants of one operator. */
export interface OperatorRow {
  document: Verdict['mutant']['document'];
  operator: string;
  total: number;
  killed: number;
  /** How many each gate found, and how many of them it alone. */
  byGate: ReadonlyMap<string, { killed: number; alone: number }>;
}

/**
 * Counts what the gates found.
 */
export function countScore(verdicts: readonly Verdict[]): Score {
  const counted = verdicts.filter(({ equivalence }) => equivalence === undefined);
  const survivors = counted.filter(isSurvivor);
  return {
    total: counted.length,
    killed: counted.length - survivors.length,
    killedByContent: counted.filter(({ killers }) => killers.some((name) => !byteGates.includes(name)))
      .length,
    equivalent: verdicts.length - counted.length,
    survivors,
    breakingSurvivors: survivors.filter(({ isBreaking }) => isBreaking === true),
  };
}

/**
 * Counts by operator and gate, in the order in which the operators made their first mutant.
 */
export function countMatrix(verdicts: readonly Verdict[]): OperatorRow[] {
  const counted = verdicts.filter(({ equivalence }) => equivalence === undefined);
  const groups = Map.groupBy(counted, ({ mutant }) => `${mutant.document} ${mutant.operator}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [toRow(first.mutant, group)];
  });
}

function toRow({ document, operator }: Verdict['mutant'], group: readonly Verdict[]): OperatorRow {
  const names = new Set(group.flatMap(({ killers }) => killers));
  const byGate = [...names].map((name) => {
    const killed = group.filter(({ killers }) => killers.includes(name));
    return [
      name,
      { killed: killed.length, alone: killed.filter(({ killers }) => killers.length === 1).length },
    ] as const;
  });
  const killed = group.filter((verdict) => !isSurvivor(verdict)).length;
  return { document, operator, total: group.length, killed, byGate: new Map(byGate) };
}

/**
 * Renders a share as a percentage with one decimal, rounded down: 100.0 % is all.
 */
export function formatShare(part: number, whole: number): string {
  return `${(whole === 0 ? 100 : Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}
