import { describe, expect, it } from 'vitest';
import { gates } from '../../../scripts/check/gates.ts';
import { formatHtml } from '../../../scripts/check/report/html.ts';
import {
  brokenReport,
  cleanReport,
  fileFinding,
  finding,
  reportOf,
  sampleReport,
  unreadableReport,
} from './sample-report.ts';

const textOf = (html: string): string =>
  html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('formatHtml', () => {
  it('begins with how the run ended', () => {
    expect(textOf(formatHtml(sampleReport))).toContain(
      'Contract check 1 gate passed, 1 failed, 1 finding, 1 not run in 1.3 s; slowest: spec-lint, 1.2 s',
    );
  });

  it('holds rows against columns, of the artifacts that are in use', () => {
    const [, matrix = ''] = /<table class="matrix">(.*?)<\/table>/s.exec(formatHtml(sampleReport)) ?? [];
    expect(matrix.match(/(?<=<th scope="col">)[^<]+/g)).toEqual(['rules', 'spec', 'mock']);
    expect(matrix.match(/(?<=<th scope="row">)[^<]+/g)).toEqual(['spec', 'client', 'pact']);
    const rows = matrix.split('<th scope="row">').map((row) => row.split('<td>').slice(1).map(textOf));
    expect(rows.map((row) => row.map((cell) => cell.trim()))).toEqual([
      [],
      ['spec-lint ✓ passed', '', ''],
      ['', '', 'client-against-mock – not run'],
      ['', 'pact-against-spec ✗ failed', ''],
    ]);
  });

  it('puts gates that hold the same pair into one cell', () => {
    const results = ['one', 'two'].flatMap((name) =>
      cleanReport.results.map((result) => ({ ...result, gate: { ...result.gate, name } })),
    );
    expect(formatHtml({ ...cleanReport, results }).match(/<td><ul>/g)).toHaveLength(1);
  });

  it('gives each gate a row with verdict, findings and time', () => {
    const text = textOf(formatHtml(sampleReport));
    expect(text).toContain('pact-against-spec pact against spec ✗ failed 1 0.1 s');
    expect(text).toContain('client-against-mock client against mock – not run Findings');
  });

  it('says in the row of a broken gate why it is broken', () => {
    const html = formatHtml(brokenReport);
    expect(html).toContain('<p class="outcome failed">');
    expect(textOf(html)).toContain(
      'The compiler did not run:&#10;[31m&lt;stack&gt; &amp; more&#10;&#10;::error::forged ! broken 0',
    );
  });

  it('links each gate of the matrix to its row', () => {
    const results = gates.map((gate) => ({ gate, verdict: 'passed', findings: [], durationMs: 1 }) as const);
    const html = formatHtml({ results, findings: [], durationMs: 1 });
    const ids = new Set(html.match(/(?<= id=")[^"]+/g));
    const targets = html.match(/(?<= href="#)[^"]+/g) ?? [];
    expect(targets).toHaveLength(gates.length);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
  });

  it('gives each finding its place, message and explanation, below its file', () => {
    const text = textOf(formatHtml(reportOf(finding, fileFinding)));
    expect(text).toContain(
      'contracts/pacts/pact.json error at 3:5 #/interactions/0 &quot;a &lt;b&gt;bold&lt;/b&gt; request&quot;: &amp; more pact.breaks-spec An interaction of the pact contradicts the spec.',
    );
    expect(text).toContain('openapi/nexudus-auth.yaml warning the whole file Found no licence');
    expect(text).toContain('How to fix it Change the document at the place of the finding.');
  });

  it('says so where nothing was found', () => {
    expect(formatHtml(cleanReport)).toContain('<p>No findings.</p>');
    expect(formatHtml(sampleReport)).not.toContain('No findings.');
  });

  it('has neither matrix nor gates where no gate could be run', () => {
    const html = formatHtml(unreadableReport);
    expect(html).not.toContain('<table');
    expect(textOf(html)).toContain('openapi/nexudus-auth.yaml error at 1:1');
  });

  it('escapes what comes from documents', () => {
    const hostile = '<script>alert(1)</script><img src=x onerror="alert(1)">';
    const at = { file: hostile, line: 1, pointer: hostile };
    const html = formatHtml(reportOf({ ...finding, message: hostile, at }));
    expect(html).not.toMatch(/<script|<img/);
    expect(html.match(/&lt;script&gt;/g)).toHaveLength(3);
  });

  it('names no address, so that it needs nothing but itself', () => {
    expect(formatHtml(reportOf(finding, fileFinding))).not.toMatch(/https?:|\ssrc=|<link|@import|url\(/);
  });
});
