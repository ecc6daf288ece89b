import { stripVTControlCharacters } from 'node:util';

/**
 * What can be wrong, as a closed list: `<what was looked at>.<what is wrong with it>`. Each has a page in
 * `scripts/explain/pages/`, which says what it means and how to mend it.
 */
export const findingCodes = [
  'spec.unreadable',
  'spec.lint',
  'spec.needs-version',
  'spec.looser-than-pact',
  'spec.lacks-example',
  'generated.stale',
  'pact.unreadable',
  'pact.unchecked',
  'pact.empty',
  'pact.other-provider',
  'pact.stale',
  'pact.test-failed',
  'pact.breaks-spec',
  'pact.sends-invalid',
  'pact.expects-too-much',
  'pact.wrong-credentials',
  'pact.misses-answer',
  'pact.unknown-state',
  'pact.refused-by-mock',
  'client.misreads-mock',
  'url.not-answered',
  'mock.refuses-valid',
  'mock.takes-invalid',
  'mock.ignores-condition',
  'provider.breaks-pact',
  'traffic.unreadable',
  'traffic.breaks-spec',
  'source.lint',
  'source.type',
  'package.other-version',
] as const;

/** One of the codes. */
export type FindingCode = (typeof findingCodes)[number];

/** Where a person opens the document. Lines and columns count from 1. */
export interface Place {
  /** Relative to the working directory where it lies below it. */
  file: string;
  line?: number;
  column?: number;
  /** JSON pointer into the document, as `#/paths/~1api~1token`. */
  pointer?: string;
}

/** Something wrong with a document: data, never an exception. */
export interface Finding {
  code: FindingCode;
  severity: 'error' | 'warning';
  /** What was found, what was expected and what to do next. Holds no secret. */
  message: string;
  at: Place;
}

/**
 * Renders a place as `file:line:column`, which terminals and editors open.
 */
export function formatPlace(place: Place): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
}

/**
 * Renders a finding on one line: place, severity, code and message.
 */
export function formatFinding(finding: Finding): string {
  return toLine(`${formatPlace(finding.at)} ${finding.severity} ${finding.code}: ${finding.message}`);
}

/**
 * Makes a text out of somebody's document safe for one line of a terminal or of a CI log: without line breaks, control
 * characters and marks that turn the direction of writing, and nothing that a CI server takes for a command.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs for `::` and `##[`
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands for `##vso[`
 */
export function toLine(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    .replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/^\s*::/, ': :')
    .replaceAll(/##(?=\w*\[)/g, '# #');
}
