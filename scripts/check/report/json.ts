import { formatTitle } from '../gate.ts';
import type { CheckReport } from './report.ts';

/**
 * Renders a run for programs: `{ durationMs, gates: [{ name, title, verdict, durationMs, findings, problem }],
 * findings }`, where a problem is why a gate is broken, and the outer findings are those of a document that no gate could
 * be run on.
 */
export function formatJson({ results, findings, durationMs }: CheckReport): string {
  const gates = results.map(({ gate, verdict, findings, problem, durationMs }) => ({
    name: gate.name,
    title: formatTitle(gate),
    verdict,
    durationMs: Math.round(durationMs),
    findings,
    ...(problem === undefined ? {} : { problem }),
  }));
  return JSON.stringify({ durationMs: Math.round(durationMs), gates, findings }, null, 2);
}
