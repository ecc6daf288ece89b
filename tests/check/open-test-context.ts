import { onTestFinished } from 'vitest';
import type { GateContext } from '../../scripts/check/gates/gate.ts';
import { openContext } from '../../scripts/check/run.ts';

/** What gates are run with; its mock is stopped after the test. */
export function openTestContext(documents: Omit<GateContext, 'mock'>): GateContext {
  const context = openContext(documents);
  onTestFinished(() => context[Symbol.asyncDispose]());
  return context;
}
