import { describe, expect, it } from 'vitest';
import { linkCauses } from '../../scripts/check/causes.ts';
import type { GateResult } from '../../scripts/check/gates/gate.ts';
import { gates } from '../../scripts/check/gates.ts';
import type { Finding, FindingCode, Place } from '../../scripts/cli/finding.ts';

const resultOf = (name: string, ...findings: Finding[]): GateResult => {
  const gate = gates.find((one) => one.name === name);
  if (gate === undefined) {
    throw new Error(`There is no gate ${name}.`);
  }
  return { gate, verdict: 'failed', findings, durationMs: 1 };
};

const find = (
  code: FindingCode,
  file: string,
  pointer?: string,
  severity: Finding['severity'] = 'error',
): Finding => {
  const at: Place = { file, line: 1, ...(pointer === undefined ? {} : { pointer }) };
  return { code, severity, message: code, at };
};

/** The code that each finding follows from, gate by gate. */
const causesOf = (...results: GateResult[]): (FindingCode | undefined)[][] =>
  linkCauses(results).map(({ findings }) => findings.map(({ followsFrom }) => followsFrom?.code));

const staleCode = find('generated.stale', 'generated/schema.ts');
const typeError = find('source.type', 'src/cart.ts');

describe('linkCauses', () => {
  it('lets type errors follow from stale generated code, and names its gate and place', () => {
    const [, types] = linkCauses([resultOf('generated-fresh', staleCode), resultOf('types', typeError)]);
    expect(types?.findings).toEqual([
      {
        ...typeError,
        followsFrom: { gate: 'generated-fresh', code: 'generated.stale', at: staleCode.at },
      },
    ]);
  });

  it('leaves alone what follows from nothing', () => {
    const results = [resultOf('spec-lint', find('spec.lint', 'shop.yaml')), resultOf('types', typeError)];
    expect(linkCauses(results)).toEqual(results);
  });

  it('does not let what only shares the gates with a cause follow from it', () => {
    const unlinted = find('spec.lint', 'generated/schema.ts');
    expect(causesOf(resultOf('generated-fresh', staleCode), resultOf('spec-lint', unlinted))[1]).toEqual([
      undefined,
    ]);
  });

  it('lets no error follow from a warning', () => {
    const warning = find('generated.stale', 'generated/schema.ts', undefined, 'warning');
    const typeWarning = { ...typeError, severity: 'warning' as const };
    expect(
      causesOf(resultOf('generated-fresh', warning), resultOf('types', typeError, typeWarning))[1],
    ).toEqual([undefined, 'generated.stale']);
  });

  it('finds the error among the warnings of a code', () => {
    const warning = find('generated.stale', 'generated/a.ts', undefined, 'warning');
    const [, types] = linkCauses([
      resultOf('generated-fresh', warning, staleCode),
      resultOf('types', typeError),
    ]);
    expect(types?.findings[0]?.followsFrom?.at).toEqual(staleCode.at);
  });

  it('goes back to the first cause', () => {
    const stalePact = find('pact.stale', 'pacts/web.json');
    const broken = find('pact.breaks-spec', 'pacts/web.json', '#/interactions/0');
    expect(
      causesOf(
        resultOf('generated-fresh', staleCode),
        resultOf('pact-fresh', stalePact),
        resultOf('pact-against-spec', broken),
      ),
    ).toEqual([[undefined], ['generated.stale'], ['generated.stale']]);
  });

  it('lets what is found in a stale pact follow from that, but not what is found in another pact', () => {
    const stalePact = find('pact.stale', 'pacts/web.json');
    const inIt = find('pact.breaks-spec', 'pacts/web.json', '#/interactions/0');
    const elsewhere = find('pact.breaks-spec', 'pacts/app.json', '#/interactions/0');
    expect(
      causesOf(resultOf('pact-fresh', stalePact), resultOf('pact-against-spec', inIt, elsewhere))[1],
    ).toEqual(['pact.stale', undefined]);
  });

  it('lets what the mock refuses follow from what the spec forbids of the same interaction only', () => {
    const forbidden = find('pact.sends-invalid', 'pacts/web.json', '#/interactions/1/request/body');
    const refused = [0, 1, 10].map((index) =>
      find('pact.refused-by-mock', 'pacts/web.json', `#/interactions/${index}`),
    );
    expect(causesOf(resultOf('pact-rules', forbidden), resultOf('pact-against-mock', ...refused))[1]).toEqual(
      [undefined, 'pact.sends-invalid', undefined],
    );
  });

  it('lets all that is wrong with a call that the spec does not have follow from that', () => {
    const at = ['pacts/web.json', '#/interactions/0'] as const;
    expect(
      causesOf(
        resultOf('pact-against-spec', find('pact.breaks-spec', ...at)),
        resultOf('pact-rules', find('pact.unchecked', ...at)),
        resultOf('pact-against-mock', find('pact.refused-by-mock', ...at)),
      ),
    ).toEqual([['pact.unchecked'], [undefined], ['pact.unchecked']]);
  });
});
