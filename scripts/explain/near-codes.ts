import { type FindingCode, findingCodes } from '../finding.ts';
import { listNearWords } from '../near-words.ts';

/**
 * Lists the codes that somebody may have meant: those that hold the words that were typed, else those that differ in a
 * few letters, the nearest first.
 */
export function listNearCodes(typed: string): FindingCode[] {
  const words = typed
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const holding = findingCodes.filter(
    (code) => words.length > 0 && words.every((word) => code.includes(word)),
  );
  return holding.length > 0
    ? holding
    : listNearWords(words.join('-'), findingCodes, (code) => code.replace('.', '-'));
}
