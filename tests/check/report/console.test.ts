import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatConsole } from '../../../scripts/check/report/console.ts';
import {
  brokenReport,
  cleanReport,
  fileFinding,
  finding,
  followingFinding,
  reportOf,
  sampleReport,
  unreadableReport,
} from './sample-report.ts';

const hint = 'Run npx contract-kit explain <code> to see what a finding means and how to fix it.';

describe('formatConsole', () => {
  it('gives each gate a line, then the findings by file, then the count', () => {
    expect(formatConsole(sampleReport).split('\n')).toEqual([
      'passed   spec-lint            spec against rules   1.2 s',
      'FAILED   pact-against-spec    pact against spec    0.1 s',
      'NOT RUN  client-against-mock  client against mock',
      '',
      'contracts/pacts/pact.json',
      '  3:5  error  pact.breaks-spec  "a <b>bold</b> request": & more',
      '',
      hint,
      '',
      '1 gate passed, 1 failed, 1 finding, 1 not run in 1.3 s; slowest: spec-lint (1.2 s)',
    ]);
  });

  it('says why a gate is broken, in lines of its own', () => {
    expect(formatConsole(brokenReport).split('\n').slice(1)).toEqual([
      'BROKEN  types      client against generated code  0.0 s',
      '',
      'The gate types is broken:',
      '  The compiler did not run:',
      '  <stack> & more',
      '',
      '  : :error::forged',
      '',
      '1 gate passed, 0 failed, 1 broken, 0 findings in 1.3 s; slowest: spec-lint (1.2 s)',
    ]);
  });

  it('leaves out warnings of which a code has many, and no error', () => {
    const warnings = Array.from({ length: 23 }, () => fileFinding);
    const errors = Array.from({ length: 23 }, () => finding);
    const lines = formatConsole(reportOf(...warnings, ...errors)).split('\n');
    expect(lines.filter((line) => line.includes(' error ')).length).toBe(23);
    expect(lines.filter((line) => line.includes(' warning ')).length).toBe(20);
    expect(lines).toContain('… and 3 more warnings of spec.lint.');
    expect(formatConsole(reportOf(...warnings.slice(0, 20)))).not.toContain('more warnings');
  });

  it('aligns the findings of all files', () => {
    const far = { ...finding, at: { file: 'contracts/pacts/pact.json', line: 120, column: 17 } };
    const text = formatConsole(reportOf(far, finding, fileFinding));
    expect(text).toContain(
      [
        'contracts/pacts/pact.json',
        '     3:5  error    pact.breaks-spec  "a <b>bold</b> request": & more',
        '  120:17  error    pact.breaks-spec  "a <b>bold</b> request": & more',
        '',
        'openapi/nexudus-auth.yaml',
        '          warning  spec.lint         Found no licence, expected one.',
      ].join('\n'),
    );
  });

  it('hints at explain once, and only where there are findings', () => {
    expect(formatConsole(reportOf(finding, fileFinding)).split(hint)).toHaveLength(2);
    expect(formatConsole(cleanReport)).not.toContain('explain');
  });

  it('ends with the line that CI counts, which has no colours', () => {
    for (const report of [sampleReport, brokenReport, cleanReport]) {
      expect(formatConsole(report, { useColors: true }).split('\n').at(-1)).toMatch(
        /^\d+ gates? passed, \d+ failed, (\d+ broken, )?\d+ findings?/,
      );
    }
  });

  it('says how many gates were not run where the documents have errors, instead of a line for each', () => {
    expect(formatConsole(unreadableReport).split('\n')).toEqual([
      'openapi/nexudus-auth.yaml',
      '  1:1  error  spec.unreadable  Found an empty file, expected "openapi: 3.1.x".',
      '',
      hint,
      '',
      '2 gates not run, 1 finding in 0.1 s',
    ]);
  });

  it('hides what may follow from another finding, and says how many', () => {
    const lines = formatConsole(reportOf(followingFinding, finding, followingFinding)).split('\n');
    expect(lines.filter((line) => line.includes('  error  '))).toEqual([
      '  3:5  error  pact.breaks-spec  "a <b>bold</b> request": & more',
    ]);
    expect(lines).toContain('2 findings may follow from pact.breaks-spec.');
    expect(lines).toContain('Fix the findings above first, or pass --all to list those as well.');
    expect(lines.at(-1)).toContain('3 findings (2 may follow from others)');
  });

  it('lists everything where it is told to: first what to fix, then what may follow, and each warning', () => {
    const warnings = Array.from({ length: 23 }, () => fileFinding);
    const text = formatConsole(reportOf(followingFinding, finding, ...warnings), { listsAll: true });
    expect(text.indexOf('pact.breaks-spec  ')).toBeLessThan(text.indexOf('pact.refused-by-mock  '));
    expect(text).toContain('1 finding may follow from pact.breaks-spec.');
    expect(text.split(' warning ').length).toBe(24);
    expect(text).not.toContain('--all');
  });

  it('uses colours only where it is told to', () => {
    const colored = formatConsole(sampleReport, { useColors: true });
    expect(colored).toContain('\u001b[31mFAILED ');
    expect(stripVTControlCharacters(colored)).toBe(formatConsole(sampleReport));
    expect(formatConsole(sampleReport)).toBe(stripVTControlCharacters(formatConsole(sampleReport)));
  });

  it('keeps a finding on one line, without control characters of a document', () => {
    const message = 'first\n::error::forged\r\nsecond\u001b[2J\u0007 third';
    expect(formatConsole(reportOf({ ...finding, message }))).toContain(
      'pact.breaks-spec  first ::error::forged second third\n',
    );
  });
});
