import { describe, expect, it } from 'vitest';
import { formatAnnotations } from '../../../scripts/check/report/github.ts';
import {
  brokenReport,
  cleanReport,
  fileFinding,
  finding,
  followingFinding,
  reportOf,
  unreadableReport,
} from './sample-report.ts';

describe('formatAnnotations', () => {
  it('gives each finding a workflow command with file, line, column and code', () => {
    expect(formatAnnotations(reportOf(finding, fileFinding)).split('\n')).toEqual([
      '::error file=contracts/pacts/pact.json,line=3,col=5,title=pact.breaks-spec::"a <b>bold</b> request": & more',
      '::warning file=openapi/nexudus-auth.yaml,title=spec.lint::Found no licence, expected one.',
    ]);
  });

  it('annotates documents that no gate could be run on', () => {
    expect(formatAnnotations(unreadableReport)).toContain('title=spec.unreadable::');
  });

  it('annotates a broken gate, which has no place', () => {
    expect(formatAnnotations(brokenReport)).toBe(
      '::error title=types::The gate is broken: The compiler did not run: <stack> & more ::error::forged',
    );
  });

  it('is empty where nothing was found', () => {
    expect(formatAnnotations(cleanReport)).toBe('');
  });

  it('keeps no escape sequence of a document', () => {
    const hostile = { ...finding, message: 'one\u001b[2J\u009b31m two\u0007' };
    expect(formatAnnotations(reportOf(hostile))).toMatch(/::one two$/);
  });

  it('escapes what would end a command or a property', () => {
    const hostile = { ...finding, message: '50%: a,\r\n::error::forged', at: { file: 'a,b:c%\n.json' } };
    expect(formatAnnotations(reportOf(hostile))).toBe(
      '::error file=a%2Cb%3Ac%25 .json,title=pact.breaks-spec::50%25: a, ::error::forged',
    );
  });

  it('leave out what may follow from another finding', () => {
    expect(formatAnnotations(reportOf(finding, followingFinding))).toBe(formatAnnotations(reportOf(finding)));
    const { followsFrom: _, ...alone } = followingFinding;
    expect(formatAnnotations(reportOf(finding, alone)).split('\n')).toHaveLength(2);
  });
});
