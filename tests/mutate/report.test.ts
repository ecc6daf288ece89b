import { describe, expect, it } from 'vitest';
import type { MutantResult } from '../../scripts/mutate/mutants.ts';
import type { Mutant } from '../../scripts/mutate/operators/mutant.ts';
import { countScore, formatMarkdown, formatShare, formatTotals } from '../../scripts/mutate/report.ts';

const mutant = (operator: string, document: Mutant['document'] = 'spec'): Mutant => ({
  document,
  operator,
  detail: '<b>',
  original: { a: { type: 'string', format: 'x<y' } },
  keys: ['a'],
  make: () => ({ a: { type: 'string' } }),
});

const results: MutantResult[] = [
  { mutant: mutant('drop a status'), killedBy: ['generated-fresh', 'pact-rules'] },
  { mutant: mutant('drop a status'), killedBy: ['generated-fresh'] },
  { mutant: mutant('drop a format'), killedBy: [], isBreaking: true },
  { mutant: mutant('drop a header', 'pact'), killedBy: ['pact-fresh', 'pact-rules'] },
];

describe('countScore', () => {
  it('counts what was found, with and without comparing bytes', () => {
    expect(countScore(results)).toEqual({
      total: 4,
      killed: 3,
      killedByContent: 2,
      survivors: [results[2]],
      breakingSurvivors: [results[2]],
    });
  });
});

describe('formatShare', () => {
  it.each([
    [1, 1, '100.0 %'],
    [1999, 2000, '99.9 %'],
    [0, 3, '0.0 %'],
    [0, 0, '100.0 %'],
  ])('rounds %d of %d down to %s', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text);
  });
});

describe('formatTotals', () => {
  it('gives a line each to spec, pact and both', () => {
    expect(formatTotals(results, 2000).split('\n')).toEqual([
      'spec: 66.6 % of 3 mutants found (33.3 % without comparing bytes), 1 survived, 1 of them breaking',
      'pact: 100.0 % of 1 mutants found (100.0 % without comparing bytes), 0 survived, 0 of them breaking',
      'both: 75.0 % of 4 mutants found (50.0 % without comparing bytes), 1 survived, 1 of them breaking in 2 s',
    ]);
  });
});

describe('formatMarkdown', () => {
  const report = formatMarkdown(results, 2000);

  it('counts by operator and gate, and what a gate found alone', () => {
    expect(report).toContain(`## Mutants of the spec

| operator | mutants | found | generated-fresh | pact-rules |
| --- | --: | --: | --: | --: |
| drop a status | 2 | 100.0 % | 2 / 1 | 1 |
| drop a format | 1 | 0.0 % |  |  |

## Mutants of the pact

| operator | mutants | found | pact-fresh | pact-rules |
| --- | --: | --: | --: | --: |
| drop a header | 1 | 100.0 % | 1 | 1 |`);
  });

  it('shows each survivor with its diff', () => {
    expect(report).toContain(
      '### spec: drop a format (<b>) at #/a (breaking)\n\n```diff\n-   "type": "string",\n-   "format": "x<y"\n+   "type": "string"\n```',
    );
  });

  it('says so where nothing survived', () => {
    expect(formatMarkdown(results.slice(0, 2), 0)).toContain('## Survivors\n\nNone.');
  });
});
