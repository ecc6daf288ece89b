import { describe, expect, it } from 'vitest';
import { formatJunit } from '../../../scripts/check/report/junit.ts';
import {
  brokenReport,
  documentFinding,
  fileFinding,
  finding,
  followingFinding,
  reportOf,
  sampleReport,
  unreadableReport,
} from './sample-report.ts';

describe('formatJunit', () => {
  it('gives each gate a test case, and a failure to one with errors', () => {
    expect(formatJunit(sampleReport)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="contract-kit check" tests="3" failures="1" errors="0" time="1.300">
  <testsuite name="contract-kit check" tests="3" failures="1" errors="0" skipped="1" time="1.300">
    <testcase classname="contract-kit.check" name="spec-lint" time="1.234">
    </testcase>
    <testcase classname="contract-kit.check" name="pact-against-spec" time="0.050">
      <failure type="pact.breaks-spec" message="&quot;a &lt;b&gt;bold&lt;/b&gt; request&quot;: &amp; more">contracts/pacts/pact.json:3:5 error pact.breaks-spec: &quot;a &lt;b&gt;bold&lt;/b&gt; request&quot;: &amp; more</failure>
    </testcase>
    <testcase classname="contract-kit.check" name="client-against-mock" time="0.000">
      <skipped/>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it('gives a broken gate an error, which is no failure', () => {
    const xml = formatJunit(brokenReport);
    expect(xml).toContain('tests="2" failures="0" errors="1" skipped="0"');
    expect(xml).toContain(
      '<error message="The compiler did not run:&#10;[31m&lt;stack&gt; &amp; more&#10;&#10;::error::forged"/>',
    );
  });

  it('counts test cases that failed, not findings', () => {
    const xml = formatJunit(reportOf(finding, { ...fileFinding, severity: 'error' }));
    expect(xml).toContain('tests="1" failures="1"');
  });

  it('has all findings of a gate in one failure, since many readers show the first one alone', () => {
    const xml = formatJunit(reportOf(finding, { ...fileFinding, severity: 'error' }));
    expect(xml.match(/<failure /g)).toHaveLength(1);
    expect(xml).toContain('request&quot;: &amp; more (and 1 more)">contracts/pacts/pact.json:3:5 error');
    expect(xml).toContain('&#10;openapi/nexudus-auth.yaml error spec.lint: Found no licence, expected one.');
  });

  it('prints a warning as a failure only where it failed the gate', () => {
    const { results, ...report } = reportOf(fileFinding);
    const passed = results.map((result) => ({ ...result, verdict: 'passed' as const }));
    const xml = formatJunit({ ...report, results: passed });
    expect(xml).toContain('failures="0"');
    expect(xml).toMatch(/<system-out>\S+ warning spec\.lint: Found no licence, expected one\.<\/system-out>/);
    expect(formatJunit(reportOf(fileFinding))).toContain('failures="1"');
  });

  it('puts what is wrong with documents into a test case of their own', () => {
    const xml = formatJunit(unreadableReport);
    expect(xml).toContain('tests="3" failures="1" errors="0" skipped="2"');
    expect(xml).toContain('name="documents" time="0.000">\n      <failure type="spec.unreadable"');
    expect(formatJunit({ ...sampleReport, findings: [documentFinding] })).toContain('tests="4" failures="2"');
  });

  it('has what may follow from another finding in the failure, and says from which', () => {
    const xml = formatJunit(reportOf(finding, followingFinding));
    expect(xml).toContain(
      '\nMay follow from pact.breaks-spec at contracts/pacts/pact.json:3:5.</failure>'.replace('\n', '&#10;'),
    );
    expect(formatJunit(reportOf(finding))).not.toContain('May follow');
  });
});
