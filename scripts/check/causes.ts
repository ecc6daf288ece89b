import type { Finding } from '../cli/finding.ts';
import type { Cause, GateResult } from './gates/gate.ts';

/** A finding, and the gate that has it. */
interface Found {
  gate: GateResult['gate'];
  finding: Finding;
}

/**
 * Says of each finding from which other one it may follow, by what its gate names: type errors follow from stale generated
 * code, and what the mock refuses follows from what the spec forbids. A warning causes no error.
 */
export function linkCauses(results: readonly GateResult[]): GateResult[] {
  const findCause = createFinder(results);
  return results.map((result) => ({
    ...result,
    findings: result.findings.map((finding) => link({ gate: result.gate, finding }, findCause)),
  }));
}

// To the first cause: what the generated code has broken in the tests may have broken the pact.
function link(found: Found, findCause: (found: Found) => Found | undefined): Finding {
  const seen = new Set([found.finding]);
  let first: Found | undefined;
  for (let cause = findCause(found); cause !== undefined; cause = findCause(cause)) {
    if (seen.has(cause.finding)) {
      break;
    }
    seen.add(cause.finding);
    first = cause;
  }
  if (first === undefined) {
    return found.finding;
  }
  const { code, at } = first.finding;
  return { ...found.finding, followsFrom: { gate: first.gate.name, code, at } };
}

function createFinder(results: readonly GateResult[]): (found: Found) => Found | undefined {
  const codes = new Set(results.flatMap(({ gate }) => gate.followsFrom ?? []).map(({ code }) => code));
  const causes = new Map<string, Found>();
  for (const { gate, findings } of results) {
    for (const finding of findings.filter(({ code }) => codes.has(code))) {
      for (const place of [undefined, 'file', 'interaction'] as const) {
        const key = toKey({ code: finding.code, ...(place && { in: place }) }, finding);
        const known = causes.get(key);
        if (known === undefined || (known.finding.severity === 'warning' && finding.severity === 'error')) {
          causes.set(key, { gate, finding });
        }
      }
    }
  }
  return ({ gate, finding }) =>
    (gate.followsFrom ?? [])
      .map((cause) => causes.get(toKey(cause, finding)))
      .find((cause) => cause !== undefined && cause.gate !== gate && canCause(cause.finding, finding));
}

function canCause(cause: Finding, { severity }: Finding): boolean {
  return cause.severity === 'error' || severity === 'warning';
}

function toKey({ code, in: place }: Cause, { at: { file, pointer = '' } }: Finding): string {
  const [interaction = pointer] = /^#\/interactions\/\d+(?=\/|$)/.exec(pointer) ?? [];
  const parts = { file: [file], interaction: [file, interaction] };
  return JSON.stringify([code, place, ...(place === undefined ? [] : parts[place])]);
}
