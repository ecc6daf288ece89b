import { isAbsolute, relative, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { SetupError } from './command.ts';

/**
 * The codes of findings, a closed list: `<document>.<problem>`. Each has a page in `scripts/explain/pages/`, which says
 * what it means and how to fix it.
 */
export const findingCodes = [
  'spec.unreadable',
  'spec.invalid',
  'spec.unsupported',
  'spec.lint',
  'spec.needs-version',
  'spec.looser-than-pact',
  'spec.lacks-example',
  'overlay.invalid',
  'overlay.unmatched',
  'generated.stale',
  'pact.unreadable',
  'pact.unchecked',
  'pact.empty',
  'pact.other-provider',
  'pact.stale',
  'pact.test-failed',
  'pact.breaks-spec',
  'pact.sends-invalid',
  'pact.sends-undocumented',
  'pact.expects-too-much',
  'pact.relies-on-optional',
  'pact.wrong-credentials',
  'pact.misses-answer',
  'pact.unknown-state',
  'pact.refused-by-mock',
  'client.misreads-mock',
  'url.not-answered',
  'mock.refuses-valid',
  'mock.takes-invalid',
  'mock.unprobed',
  'mock.ignores-condition',
  'workflow.breaks-mock',
  'workflow.not-run',
  'provider.breaks-pact',
  'provider.unverified',
  'traffic.unreadable',
  'traffic.breaks-spec',
  'source.lint',
  'source.type',
  'package.other-version',
  'config.unused-ignore',
] as const;

/** The code of a finding. */
export type FindingCode = (typeof findingCodes)[number];

/** A place in a document. Lines and columns count from 1. */
export interface Place {
  /** Relative to the working directory, if the file is below it. */
  file: string;
  line?: number;
  column?: number;
  /** A JSON pointer into the document, such as `#/paths/~1api~1token`. */
  pointer?: string;
}

/** A problem in a document: data, never an exception. */
export interface Finding {
  code: FindingCode;
  severity: 'error' | 'warning';
  /** What was found, what was expected and what to do next. Contains no secret. */
  message: string;
  at: Place;
  /** The finding to fix first, from which this one may follow. `check` sets it. Default: none. */
  followsFrom?: { gate: string; code: FindingCode; at: Place };
}

/**
 * Tells whether findings fail a check.
 *
 * @param failOn the lowest severity that does
 */
export function fails(findings: readonly Finding[], failOn: Finding['severity']): boolean {
  return findings.some(({ severity }) => failOn === 'warning' || severity === 'error');
}

/**
 * Renders a place as `file:line:column`, which terminals and editors can open.
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
 * Renders what reading a document has found, for people who want to use it and not to fix it: the first ten, a line each,
 * and how many more there are.
 */
export function formatWarnings(findings: readonly Finding[]): string[] {
  const more = findings.length - maxWarnings;
  return [
    ...findings.slice(0, maxWarnings).map(formatFinding),
    ...(more > 0 ? [`… and ${more} more warnings. Run check on the document to list them all.`] : []),
  ];
}

const maxWarnings = 10;

/**
 * Makes a text from a foreign document safe for one line of a terminal or of a CI log: removes line breaks, control
 * characters and marks that change the direction of writing, and breaks up commands of CI servers.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs for `::` and `##[`
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands for `##vso[`
 */
export function toLine(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\s*[\t\r\n\u2028\u2029]+\s*/g, ' ')
    .replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/^\s*::/, ': :')
    .replaceAll(/##(?=\w*\[)/g, '# #');
}

/**
 * Renders a path with slashes, relative to the working directory if the path is below it. A URL stays as it is.
 */
export function formatPath(path: string): string {
  return isUrl(path) ? path : (pathWithin('', path) ?? path.split(sep).join('/'));
}

/** Tells a URL that can be fetched from a path. */
export function isUrl(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/**
 * Refuses a URL with a user name or a password in it, which would be printed and written into generated files.
 *
 * @throws {SetupError} that does not quote it
 */
export function checkUrl(place: string): void {
  const { username = '', password = '', origin = '' } = (isUrl(place) && URL.parse(place)) || {};
  if (username + password !== '') {
    throw new SetupError(
      `The URL of a document at ${origin} holds a user name or a password, which would be written into reports and generated files. Download the document, and name the file.`,
    );
  }
}

/**
 * Returns the path from a folder to a path below it, with slashes, or `undefined` for a path elsewhere.
 */
export function pathWithin(folder: string, path: string): string | undefined {
  const inside = relative(folder, path);
  return isAbsolute(inside) || /^\.\.($|[\\/])/.test(inside) ? undefined : inside.split(sep).join('/');
}
