import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pactAgainstMock, pactAgainstSpec, pactRules } from '../../scripts/check/gates.ts';
import { runGates } from '../../scripts/check/run.ts';
import type { Finding } from '../../scripts/cli/finding.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { readPact } from '../../scripts/pact/read-pact.ts';
import { openTestContext } from './open-test-context.ts';

// Each folder has a spec, a pact and the findings of all gates. An interaction whose description begins with "accepts"
// is true, one with "refuses" has an error, one with "warns" only warnings. UPDATE_FINDINGS=1 writes the findings anew.
const folder = 'tests/check/foreign';

interface Told {
  gate: string;
  severity: string;
  code: string;
  pointer: string | undefined;
  message: string;
}

async function listFindings(name: string): Promise<{ told: Told[]; descriptions: string[] }> {
  const { spec } = await readSpec(join(folder, name, 'spec.yaml'));
  const { document } = readPact(join(folder, name, 'pact.json'));
  if (spec === undefined || document === undefined) {
    return expect.fail('the spec or the pact cannot be read');
  }
  const context = openTestContext({ spec, pacts: [document] });
  const results = await runGates([pactAgainstSpec, pactRules, pactAgainstMock], context);
  const tell = (gate: string, { severity, code, message, at }: Finding): Told => ({
    gate,
    severity,
    code,
    pointer: at.pointer,
    // Pact lists what differs in any order.
    message: message.replaceAll(/, see \S+\)/g, ')').replace(/(?<=^"[^"]*": ).*/s, sortReasons),
  });
  return {
    told: results.flatMap(({ gate, findings, problem }) => [
      ...findings.map((finding) => tell(gate.name, finding)),
      ...(problem === undefined
        ? []
        : [{ gate: gate.name, severity: 'broken', code: '', pointer: '', message: problem }]),
    ]),
    descriptions: document.pact.interactions.map(({ description }) => description),
  };
}

function sortReasons(reasons: string): string {
  return reasons.split('; ').sort().join('; ');
}

it.each(readdirSync(folder))('finds in %s what is false, and nothing else', async (name) => {
  const { told, descriptions } = await listFindings(name);
  const file = join(folder, name, 'findings.json');
  if (process.env.UPDATE_FINDINGS) {
    writeFileSync(file, `${JSON.stringify(told, null, 2)}\n`);
  }
  expect(told).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  const worst = descriptions.map((description, index) => {
    const own = told.filter(({ pointer = '' }) => `${pointer}/`.startsWith(`#/interactions/${index}/`));
    const word = own.some(({ severity }) => severity === 'error')
      ? 'refuses'
      : own.some(({ code }) => code !== 'pact.breaks-spec')
        ? 'warns'
        : 'accepts';
    return description.replace(/^\w+/, word);
  });
  expect(worst).toEqual(descriptions);
});
