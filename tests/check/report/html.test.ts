import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gates } from '../../../scripts/check/gates.ts';
import { formatHtml } from '../../../scripts/check/report/html.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
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

const textOf = (html: string): string =>
  html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('formatHtml', () => {
  it('begins with how the run ended', () => {
    expect(textOf(formatHtml(sampleReport))).toContain(
      'Contract check 1 gate passed, 1 failed, 1 finding, 1 not run Time 1.3 s; slowest: spec-lint, 1.2 s',
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
    expect(text).toContain('client-against-mock client against mock – not run What was checked');
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
      'contracts/pacts/pact.json error at 3:5 #/interactions/0 found by spec-lint &quot;a &lt;b&gt;bold&lt;/b&gt; request&quot;: &amp; more pact.breaks-spec An interaction of the pact contradicts the spec.',
    );
    expect(text).toContain(
      'openapi/nexudus-auth.yaml warning the whole file found by spec-lint Found no licence',
    );
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

  it('says what was checked, and when', () => {
    const subject = {
      startedAt: new Date(Date.UTC(2031, 1, 3, 4, 5)),
      commit: 'c0ffee',
      spec: 'shop.yaml',
      info: { title: 'Shop <b>', version: '2.1.0' },
      pact: 'pacts',
      base: 'origin/main',
      isConsumer: false,
    };
    expect(textOf(formatHtml({ ...cleanReport, subject }))).toContain(
      'Spec Shop &lt;b&gt; 2.1.0 shop.yaml Compared with origin/main Pact pacts Commit c0ffee Date 2031-02-03 04:05 UTC Time',
    );
    const { commit: _, info: __, pact: ___, base: ____, ...unknown } = subject;
    expect(textOf(formatHtml({ ...cleanReport, subject: unknown }))).toContain(
      'Spec shop.yaml Date 2031-02-03 04:05 UTC Time',
    );
  });

  it('has findings before gates, and without findings the gates first', () => {
    const orderOf = (html: string) => html.match(/(?<=<h2 id=")\w+/g);
    expect(orderOf(formatHtml(sampleReport))).toEqual(['findings', 'gates', 'matrix']);
    expect(orderOf(formatHtml(cleanReport))).toEqual(['gates', 'matrix', 'findings']);
  });

  it('explains each code once, and links that from the other findings of the code', () => {
    const html = formatHtml(reportOf(finding, finding, fileFinding, finding));
    expect(html.match(/<details id="explain-[^"]+"/g)).toEqual([
      '<details id="explain-pact.breaks-spec"',
      '<details id="explain-spec.lint"',
    ]);
    expect(html.match(/href="#explain-pact\.breaks-spec"/g)).toHaveLength(2);
  });

  it('stays small enough to open, with 5,000 findings', () => {
    const at = { file: 'package-lock.json', line: 100 };
    const many = Array.from({ length: 5000 }, (_, index) => ({ ...finding, at, message: `${index}` }));
    expect(formatHtml(reportOf(...many)).length).toBeLessThan(5_000_000);
  });

  it('folds what may follow from another finding', () => {
    const html = formatHtml(reportOf(finding, followingFinding));
    expect(html.match(/<p class="place">/g)).toHaveLength(1);
    expect(textOf(html)).toContain(
      '1 finding may follow from pact.breaks-spec. Fix those first. contracts/pacts/pact.json:4 pact.refused-by-mock The mock refuses the request.',
    );
  });

  it('gives a consumer the advice for consumers', () => {
    const subject = { startedAt: new Date(), spec: 'shop.yaml', isConsumer: true };
    expect(formatHtml({ ...reportOf(finding), subject })).toContain('<h4>If only the pact is yours</h4>');
    expect(formatHtml(reportOf(finding))).not.toContain('<h4>If only the pact is yours</h4>');
  });

  it('shows the lines around a place, and marks its line', () => {
    const file = writeLines(
      'shop.yaml',
      Array.from({ length: 20 }, (_, index) => `line <${index + 1}>`),
    );
    const html = formatHtml(reportOf({ ...finding, at: { file, line: 10, column: 3 } }));
    const [, excerpt = ''] = /<pre class="excerpt"[^>]*>(.*?)<\/pre>/s.exec(html) ?? [];
    expect(textOf(excerpt).trim()).toBe(
      [8, 9, 10, 11, 12, 13, 14, 15].map((line) => `${line} line &lt;${line}&gt;`).join(' '),
    );
    expect(textOf(/<mark>.*<\/mark>/.exec(excerpt)?.[0] ?? '').trim()).toBe('10 line &lt;10&gt;');
  });

  it.each([
    ['a file that is not there', { file: 'not-there.yaml', line: 1 }],
    ['a line that the file does not have', { file: 'package.json', line: 1_000_000 }],
    ['a whole file', { file: 'package.json' }],
    ['a document at a URL', { file: 'https://shop.example/openapi.yaml', line: 1 }],
    ['a folder', { file: 'tests', line: 1 }],
  ])('shows no lines for %s', (_, at) => {
    expect(formatHtml(reportOf({ ...finding, at }))).not.toContain('class="excerpt"');
  });

  it('shows a part of a long line, around the place', () => {
    const file = writeLines('minified.txt', [`${'a'.repeat(5000)}HERE${'b'.repeat(5000)}`]);
    const html = formatHtml(reportOf({ ...finding, at: { file, line: 1, column: 5001 } }));
    expect(html).toMatch(/…a{10,200}HEREb{10,200}…/);
    expect(html).not.toMatch(/a{200}|b{200}/);
  });

  it('masks the secrets of a pact, and keeps source code as it is', () => {
    const lines = ['{', '  "refresh_token": "s3cret-of-somebody",', '  "quantity": 3', '}'];
    const excerptOf = (name: string): string =>
      formatHtml(reportOf({ ...finding, at: { file: writeLines(name, lines), line: 2 } }));
    expect(excerptOf('pact.json')).not.toContain('s3cret');
    expect(excerptOf('pact.json')).toContain('&quot;quantity&quot;: 3');
    expect(excerptOf('client.ts')).toContain('s3cret');
  });
});

function writeLines(name: string, lines: readonly string[]): string {
  const file = join(makeTemporaryFolder(), name);
  writeFileSync(file, lines.join('\n'));
  return file;
}
