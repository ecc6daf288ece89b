import { findNode, type Mutant } from '../mutant.ts';

/**
 * Renders what a mutant changed, as the lines that differ: `- ` before, `+ ` after.
 */
export function describeChange({ original, keys, make }: Pick<Mutant, 'original' | 'keys' | 'make'>): string {
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
