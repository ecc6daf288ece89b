import { describe, expect, it } from 'vitest';
import { formatSummary } from '../../../scripts/check/report/github.ts';
import {
  cleanReport,
  fileFinding,
  finding,
  followingFinding,
  reportOf,
  sampleReport,
  unreadableReport,
} from './sample-report.ts';

describe('formatSummary', () => {
  it('begins with the count, then gives each gate a row', () => {
    expect(formatSummary(sampleReport)).toContain(
      [
        '## Contract check',
        '',
        '1 gate passed, 1 failed, 1 finding, 1 not run in 1.3 s',
        '',
        '| result | gate | checks | findings | time |',
        '| --- | --- | --- | ---: | ---: |',
        '| ✅ passed | spec-lint | spec against rules | 0 | 1.2 s |',
        '| ❌ failed | pact-against-spec | pact against spec | 1 | 0.1 s |',
        '| ⏭️ not run | client-against-mock | client against mock |  |  |',
      ].join('\n'),
    );
  });

  it('gives each finding a row in which a message is no Markdown and no HTML', () => {
    const message = '<img src=x>\n\n**bold** | [link](https://example.com)';
    expect(formatSummary(reportOf({ ...finding, message }))).toContain(
      '<td><code>pact.breaks-spec</code></td><td>&lt;img src=x&gt;&#10;&#10;**bold** | [link](https://example.com)</td></tr>',
    );
  });

  it('explains each code once', () => {
    const text = formatSummary(reportOf(finding, { ...finding, message: 'another' }, fileFinding));
    expect(text.match(/<summary>.*<\/summary>/g)).toEqual([
      '<summary>What <code>pact.breaks-spec</code> means: An interaction of the pact contradicts the spec.</summary>',
      '<summary>What <code>spec.lint</code> means: The spec, or a file that is linted with it, breaks a rule.</summary>',
    ]);
    expect(text).toContain('\n\n#### How to fix it\n\n');
  });

  it('has neither findings nor explanations where nothing was found', () => {
    expect(formatSummary(cleanReport)).not.toMatch(/<table>|<details>/);
  });

  it('has no table of gates where none could be run', () => {
    const text = formatSummary(unreadableReport);
    expect(text).not.toContain('| result |');
    expect(text).toContain('openapi/nexudus-auth.yaml:1:1');
  });

  it('stays below the size that GitHub shows, and says what it left out', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({
      ...finding,
      message: `${index}`.padEnd(500, '.'),
    }));
    const text = formatSummary(reportOf(...many));
    expect(Buffer.byteLength(text)).toBeLessThan(2 ** 20);
    expect(text).toContain('And 4900 more.');
  });

  it('counts what may follow from another finding, and does not list it', () => {
    const text = formatSummary(reportOf(finding, followingFinding));
    expect(text).toContain('\n\n1 finding may follow from pact.breaks-spec.\n\n');
    expect(text).not.toContain('pact.refused-by-mock');
  });

  it('gives a consumer the advice for consumers', () => {
    const subject = { startedAt: new Date(), spec: 'shop.yaml', isConsumer: true };
    expect(formatSummary({ ...reportOf(finding), subject })).toContain('#### If only the pact is yours');
    const owned = formatSummary({ ...reportOf(finding), subject: { ...subject, isConsumer: false } });
    expect(owned).toContain('#### How to fix it');
    expect(owned).not.toContain('#### If only the pact is yours');
  });
});
