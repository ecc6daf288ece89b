import type { Finding } from '../finding.ts';

/**
 * Says how many findings there are, as `1 finding`.
 */
export function formatFindingCount({ length }: readonly Finding[]): string {
  return `${length} finding${length === 1 ? '' : 's'}`;
}
