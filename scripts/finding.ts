/**
 * What can be wrong, as a closed list: `<what was looked at>.<what is wrong with it>`.
 */
export type FindingCode =
  | 'spec.unreadable'
  | 'spec.lint'
  | 'generated.stale'
  | 'pact.unreadable'
  | 'pact.stale'
  | 'pact.test-failed'
  | 'pact.breaks-spec'
  | 'pact.misses-answer'
  | 'pact.refused-by-mock'
  | 'pact.unknown-state'
  | 'client.misreads-mock'
  | 'mock.refuses-valid'
  | 'mock.takes-invalid'
  | 'source.lint'
  | 'source.type';

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
  return `${formatPlace(finding.at)} ${finding.severity} ${finding.code}: ${finding.message}`;
}
