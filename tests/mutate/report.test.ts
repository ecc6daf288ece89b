import { describe, expect, it } from 'vitest';
import type { Mutant } from '../../scripts/mutate/mutant.ts';
import { formatHtml } from '../../scripts/mutate/report/html.ts';
import { formatMarkdown } from '../../scripts/mutate/report/markdown.ts';
import { formatTotals } from '../../scripts/mutate/report/totals.ts';
import { countMatrix, countScore, formatShare } from '../../scripts/mutate/score.ts';
import type { Verdict } from '../../scripts/mutate/verdict.ts';

const mutant = (operator: string, document: Mutant['document'] = 'spec'): Mutant => ({
  document,
  operator,
  detail: '<b>',
  original: { a: { type: 'string', format: 'x<y' } },
  keys: ['a'],
  make: () => ({ a: { type: 'string' } }),
});

const verdicts: Verdict[] = [
  { mutant: mutant('drop a status'), killers: ['generated-fresh', 'pact-rules'] },
  { mutant: mutant('drop a status'), killers: ['generated-fresh'] },
  { mutant: mutant('drop a format'), killers: [], isBreaking: true },
  { mutant: mutant('drop a format'), killers: [], equivalence: 'It is the same.' },
  { mutant: mutant('drop a header', 'pact'), killers: ['pact-fresh', 'pact-rules'] },
];

describe('countScore', () => {
  it('counts what was found, with and without comparing bytes, and leaves equivalents out', () => {
    expect(countScore(verdicts)).toEqual({
      total: 4,
      killed: 3,
      killedByContent: 2,
      equivalent: 1,
      survivors: [verdicts[2]],
      breakingSurvivors: [verdicts[2]],
    });
  });
});

describe('countMatrix', () => {
  it('counts by operator and gate, and what a gate found alone', () => {
    const [status, format, header] = countMatrix(verdicts);
    expect(status).toMatchObject({ document: 'spec', operator: 'drop a status', total: 2, killed: 2 });
    expect(Object.fromEntries(status?.byGate ?? [])).toEqual({
      'generated-fresh': { killed: 2, alone: 1 },
      'pact-rules': { killed: 1, alone: 0 },
    });
    expect(format).toMatchObject({ operator: 'drop a format', total: 1, killed: 0 });
    expect(header).toMatchObject({ document: 'pact', total: 1, killed: 1 });
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

describe('the reports', () => {
  it('total in a line each', () => {
    expect(formatTotals(verdicts, 2000).split('\n')).toEqual([
      'spec: 66.6 % of 3 mutants found (33.3 % without comparing bytes), 1 survived, 1 of them breaking, 1 equivalent',
      'pact: 100.0 % of 1 mutants found (100.0 % without comparing bytes), 0 survived, 0 of them breaking, 0 equivalent',
      'both: 75.0 % of 4 mutants found (50.0 % without comparing bytes), 1 survived, 1 of them breaking, 1 equivalent in 2 s',
    ]);
  });

  it('give the matrix and each survivor with its diff in Markdown', () => {
    const text = formatMarkdown(verdicts, 2000);
    expect(text).toContain('| drop a status | 2 | 100.0 % | 2 / 1 | 1 |');
    expect(text).toContain(
      '### spec: drop a format (<b>) at #/a (breaking)\n\n```diff\n-   "type": "string",\n-   "format": "x<y"\n+   "type": "string"\n```',
    );
  });

  it('say the same as a page, and escape what they show', () => {
    const page = formatHtml(verdicts, 2000);
    expect(page).toContain(
      '<tr class=""><th scope="row">drop a status</th><td>2</td><td>100.0 %</td><td>2 / 1</td><td>1</td></tr>',
    );
    expect(page).toContain('<tr class="missed"><th scope="row">drop a format</th>');
    expect(page).toContain('spec: drop a format (&lt;b&gt;) at #/a (breaking)');
    expect(page).not.toMatch(/<b>|https?:/);
  });

  it('say so where nothing survived', () => {
    expect(formatMarkdown(verdicts.slice(0, 2), 0)).toContain('## Survivors\n\nNone.');
    expect(formatHtml(verdicts.slice(0, 2), 0)).toContain('<p>None.</p>');
  });
});
