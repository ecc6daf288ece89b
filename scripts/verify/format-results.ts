import type { Finding } from '../finding.ts';

/**
 * Says how many findings there are, as `1 finding`.
 */
export function formatFindingCount({ length }: readonly Finding[]): string {
  return `${length} finding${length === 1 ? '' : 's'}`;
}

/**
 * Renders results as JSON that is safe for a log: escapes what JSON itself leaves raw, but a terminal or a CI server
 * acts on, such as `##[add-mask]`. The values stay the same.
 */
export function formatJson(results: object): string {
  return JSON.stringify(results, null, 2)
    .replaceAll('##', String.raw`#\u0023`)
    .replaceAll(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
      return String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
}
