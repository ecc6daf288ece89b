import { formatTitle } from '../gate.ts';
import type { CheckReport } from './report.ts';

/**
 * Renders a run for programs: `{ durationMs, gates: [{ name, title, verdict, durationMs, findings }], findings }`,
 * where the outer findings are those of a document that no gate could be run on.
 */
export function formatJson({ results, findings, durationMs }: CheckReport): string {
  const gates = results.map(({ gate, verdict, findings, durationMs }) => ({
    name: gate.name,
    title: formatTitle(gate),
    verdict,
    durationMs: Math.round(durationMs),
    findings,
  }));
  return JSON.stringify({ durationMs: Math.round(durationMs), gates, findings }, null, 2);
}
