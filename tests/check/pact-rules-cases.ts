import { expect } from 'vitest';
import { pactRules } from '../../scripts/check/gates.ts';
import { type Change, contextWith } from './changed-pact.ts';

/** An interaction of the committed pact, how it is changed, and what the gate then says. */
export type Case = [title: string, description: string, message: string, change: Change];

/** A rule of one regular expression, as a Pact file has it. */
export function regex(pattern: string): object {
  return { combine: 'AND', matchers: [{ match: 'regex', regex: pattern }] };
}

/** Makes a test that changes the interaction and expects a finding of the code, with the message in it. */
export function expectRemark(code: string): (...test: Case) => Promise<void> {
  return async (_title: string, description: string, message: string, change: Change): Promise<void> => {
    const findings = await pactRules.run(await contextWith(description, change));
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(findings.map((finding) => finding.message).join('\n')).toContain(message);
  };
}
