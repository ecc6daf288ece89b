import { getLineColLocation, type LocationObject, type NormalizedProblem } from '@redocly/openapi-core';
import { formatPath } from '../files/format-path.ts';
import type { Finding, FindingCode } from '../finding.ts';

/**
 * Turns Redocly's problems into findings, each at the first of its places.
 */
export function toFindings(problems: readonly NormalizedProblem[], code: FindingCode): Finding[] {
  return problems.map((problem) => ({
    code,
    severity: problem.severity === 'warn' ? 'warning' : 'error',
    message: describeProblem(problem),
    at: locateProblem(problem),
  }));
}

function describeProblem({ message, suggest, ruleId, location: [location] }: NormalizedProblem): string {
  if (ruleId === 'no-unresolved-refs' && location !== undefined) {
    return describeBrokenReference(message, location);
  }
  const hint = suggest.length > 0 ? ` Did you mean ${suggest.map((word) => `"${word}"`).join(' or ')}?` : '';
  return `${message.trim().replaceAll(/\s*\n\s*/g, ' ')}${hint} (${ruleId})`;
}

// Redocly's own message doesn't say which reference it is, and names files with their whole path.
function describeBrokenReference(message: string, location: LocationObject): string {
  const [, reason] = /^Failed to parse: (.+?) in "/.exec(message) ?? [];
  if (reason !== undefined) {
    return describeParseError(reason);
  }
  const { start } = getLineColLocation(location);
  const line = location.source.getLines()[start.line - 1]?.trim() ?? '';
  return `Found nothing at the $ref in \`${line}\`, expected what it names. Correct it, or add what it names.`;
}

/** Says why a file can't be read: what js-yaml found, or `SpecResolver`, in its own words. */
export function describeParseError(reason: string): string {
  return reason.startsWith('Found ') ? `${reason}.` : `Not valid YAML: ${reason}.`;
}

function locateProblem({ location: [location] }: NormalizedProblem): Finding['at'] {
  if (location === undefined) {
    return { file: '' };
  }
  const { start } = getLineColLocation(location);
  return {
    file: formatPath(location.source.absoluteRef),
    line: start.line,
    column: start.col,
    ...(location.pointer === undefined ? {} : { pointer: location.pointer }),
  };
}
