import { toPointer } from '../openapi/document.ts';
import { isSurvivor, type MutantResult } from './mutants.ts';
import { findNode, type Mutant } from './operators/mutant.ts';

/** Gates that compare bytes with the original: they find every change, and say nothing of what it means. */
const byteGates: readonly string[] = ['generated-fresh', 'pact-fresh'];

/** How many mutants were found. */
export interface Score {
  total: number;
  killed: number;
  /** Found by gates that check the contract, byte comparisons aside. */
  killedByContent: number;
  survivors: readonly MutantResult[];
  /** Survivors that `redocly diff` calls breaking. */
  breakingSurvivors: readonly MutantResult[];
}

/**
 * Counts what the gates found.
 */
export function countScore(results: readonly MutantResult[]): Score {
  const survivors = results.filter(isSurvivor);
  return {
    total: results.length,
    killed: results.length - survivors.length,
    killedByContent: results.filter(({ killedBy }) => killedBy.some((name) => !byteGates.includes(name)))
      .length,
    survivors,
    breakingSurvivors: survivors.filter(({ isBreaking }) => isBreaking === true),
  };
}

/**
 * Renders a share as a percentage with one decimal, rounded down: 100.0 % is all.
 */
export function formatShare(part: number, whole: number): string {
  return `${(whole === 0 ? 100 : Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}

/**
 * Renders the totals: a line for the spec, one for the pact, and one for both.
 */
export function formatTotals(results: readonly MutantResult[], durationMs: number): string {
  return [
    formatLine('spec', ofDocument(results, 'spec')),
    formatLine('pact', ofDocument(results, 'pact')),
    `${formatLine('both', results)} in ${Math.round(durationMs / 1000)} s`,
  ].join('\n');
}

function ofDocument(results: readonly MutantResult[], document: Mutant['document']): MutantResult[] {
  return results.filter(({ mutant }) => mutant.document === document);
}

function formatLine(name: string, results: readonly MutantResult[]): string {
  const { total, killed, killedByContent, survivors, breakingSurvivors } = countScore(results);
  const warned = survivors.filter(({ warnedBy = [] }) => warnedBy.length > 0).length;
  return (
    `${name}: ${formatShare(killed, total)} of ${total} mutants found (${formatShare(killedByContent, total)} without ` +
    `comparing bytes), ${survivors.length} survived, ${breakingSurvivors.length} of them breaking` +
    (warned === 0 ? '' : `, ${warned} with a warning`)
  );
}

/**
 * Renders the contract mutation test as Markdown: the totals, what each gate found of each operator's mutants, and each
 * mutant that no gate found.
 */
export function formatMarkdown(results: readonly MutantResult[], durationMs: number): string {
  const survivors = countScore(results).survivors.map(formatSurvivor);
  return `${[
    '# Contract mutation test',
    formatTotals(results, durationMs)
      .split('\n')
      .map((line) => `- ${line}`)
      .join('\n'),
    'A cell says how many mutants a gate found and, after a slash, how many it found alone.',
    formatTable('Mutants of the spec', ofDocument(results, 'spec')),
    formatTable('Mutants of the pact', ofDocument(results, 'pact')),
    '## Survivors',
    survivors.length === 0 ? 'None.' : survivors.join('\n\n'),
  ].join('\n\n')}\n`;
}

// Operators and gates in the order in which they appear first.
function formatTable(title: string, results: readonly MutantResult[]): string {
  const gates = [...new Set(results.flatMap(({ killedBy }) => killedBy))];
  const groups = Map.groupBy(results, ({ mutant }) => mutant.operator);
  const head = ['operator', 'mutants', 'found', ...gates];
  const line = head.map((_, column) => (column === 0 ? '---' : '--:'));
  const rows = [...groups].map(([operator, group]) => [
    operator,
    String(group.length),
    formatShare(countScore(group).killed, group.length),
    ...gates.map((gate) => formatCell(group, gate)),
  ]);
  return `## ${title}\n\n${[head, line, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`;
}

function formatCell(group: readonly MutantResult[], gate: string): string {
  const found = group.filter(({ killedBy }) => killedBy.includes(gate));
  const alone = found.filter(({ killedBy }) => killedBy.length === 1);
  return found.length === 0 ? '' : `${found.length}${alone.length === 0 ? '' : ` / ${alone.length}`}`;
}

function formatSurvivor({ mutant, isBreaking, warnedBy = [] }: MutantResult): string {
  const warning = warnedBy.length === 0 ? '' : ` (a warning of ${warnedBy.join(', ')})`;
  const breaking = `${isBreaking === true ? ' (breaking)' : ''}${warning}`;
  return `### ${mutant.document}: ${nameMutant(mutant)}${breaking}\n\n\`\`\`diff\n${describeChange(mutant)}\n\`\`\``;
}

/**
 * Names a mutant by its operator, what that changed, and where.
 */
export function nameMutant({ operator, detail, keys }: Mutant): string {
  return `${operator} (${detail}) at ${toPointer(keys)}`;
}

// The lines that differ: `- ` before, `+ ` after.
function describeChange({ original, keys, make }: Mutant): string {
  const before = toLines(findNode(original, keys));
  const after = toLines(findNode(make(), keys));
  const start = countSame(before, after);
  const end = countSame(before.slice(start).reverse(), after.slice(start).reverse());
  return [
    ...before.slice(start, before.length - end).map((line) => `- ${line}`),
    ...after.slice(start, after.length - end).map((line) => `+ ${line}`),
  ].join('\n');
}

function toLines(node: unknown): string[] {
  return JSON.stringify(node, null, 2).split('\n');
}

function countSame(one: readonly string[], other: readonly string[]): number {
  const index = one.findIndex((line, at) => line !== other[at]);
  return index === -1 ? one.length : index;
}
