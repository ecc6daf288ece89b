import { describe, expect, it } from 'vitest';
import { formatComment, keepReportComment } from '../../../scripts/check/report/comment.ts';
import type { CheckReport } from '../../../scripts/check/report/report.ts';
import { serveGitHub } from '../../github/fake-github.ts';
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

const env = {
  GITHUB_REPOSITORY: 'shop/web',
  GITHUB_RUN_ID: '7',
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_SHA: 'c0ffee',
  GITHUB_WORKSPACE: process.cwd(),
};

describe('formatComment', () => {
  it('begins with the result and the counts', () => {
    const firstLineOf = (report: CheckReport) => formatComment(report, env).split('\n')[0];
    expect(firstLineOf(sampleReport)).toBe(
      '### ❌ Contract check: 1 gate passed, 1 failed, 1 finding, 1 not run',
    );
    expect(firstLineOf(cleanReport)).toBe('### ✅ Contract check: 1 gate passed, 0 failed, 0 findings');
    expect(firstLineOf(unreadableReport)).toBe('### ❌ Contract check: 2 gates not run, 1 finding');
    expect(firstLineOf(brokenReport)).toMatch(/^### ❌ /);
  });

  it('says what was checked', () => {
    const subject = {
      startedAt: new Date(),
      commit: 'c0ffee',
      spec: 'shop.yaml',
      info: { title: 'Shop', version: '2.1.0' },
      pact: 'pacts',
      isConsumer: false,
    };
    expect(formatComment({ ...cleanReport, subject }, env)).toContain(
      '\n\n<code>Shop 2.1.0</code> <code>shop.yaml</code>, pact <code>pacts</code>, commit c0ffee, in 1.2 s\n\n',
    );
  });

  it('links each finding to its line at the commit that was checked', () => {
    expect(formatComment(sampleReport, env)).toContain(
      '<a href="https://github.example/shop/web/blob/c0ffee/contracts/pacts/pact.json#L3"><code>contracts/pacts/pact.json:3:5</code></a>',
    );
    expect(formatComment(reportOf(fileFinding), env)).toContain('/blob/c0ffee/openapi/nexudus-auth.yaml">');
  });

  it.each([
    ['outside of the repository', '/elsewhere/pact.json', env],
    ['at a URL', 'https://shop.example/openapi.yaml', env],
    ['outside of GitHub', 'pact.json', {}],
    ['too far down for a link', `${'pacts/'.repeat(40)}pact.json`, { ...env, GITHUB_SHA: 'c'.repeat(1000) }],
  ])('links nothing that is %s', (_, file, variables) => {
    const text = formatComment(reportOf({ ...finding, at: { file } }), variables);
    expect(text).toContain(`<code>${file}</code>`);
    expect(text).not.toContain('<a href');
  });

  it('has what comes from documents as code, which mentions nobody and embeds nothing', () => {
    const message = '@everyone #1 <img src=x>\n\n**bold** ``` [link](https://example.com)';
    expect(formatComment(reportOf({ ...finding, message }), env)).toContain(
      '<code>@everyone #1 &lt;img src=x&gt; **bold** ``` [link](https://example.com)</code></td>',
    );
  });

  it('lists what to fix, and counts what may follow', () => {
    const text = formatComment(reportOf(finding, followingFinding), env);
    expect(text).toContain('1 finding may follow from pact.breaks-spec.');
    expect(text).not.toContain('pact.refused-by-mock');
  });

  it('says why a gate is broken', () => {
    expect(formatComment(brokenReport, env)).toContain(
      '<p>The gate <code>types</code> is broken:</p>\n\n<pre>The compiler did not run:',
    );
  });

  it('links the run, where there is one', () => {
    const link = '[The run](https://github.example/shop/web/actions/runs/7) has the whole report.';
    expect(formatComment(cleanReport, env)).toContain(link);
    expect(formatComment(cleanReport, {})).not.toContain('The run');
  });

  it('stays below the size that GitHub takes, with 5,000 findings', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({
      ...finding,
      message: `${index}${'"'.repeat(1000)}`,
      at: { file: `${index}${'"'.repeat(1000)}` },
    }));
    const text = formatComment(reportOf(...many), env);
    // GitHub takes 65,536 characters.
    expect(text.length).toBeLessThan(60_000);
    const listed = text.match(/<tr><td>/g)?.length ?? 0;
    expect(listed).toBeGreaterThan(5);
    expect(text).toContain(`\nAnd ${5000 - listed} more.\n`);
    expect(text).toContain('The run');
  });
});

describe('keepReportComment', () => {
  const keep = async (report: CheckReport, variables: Record<string, string>): Promise<string> => {
    const lines: string[] = [];
    await keepReportComment(report, { env: variables, stderr: (line) => lines.push(line) });
    return lines.join('\n');
  };

  it('writes a comment when something was found, and updates it when it was fixed', async () => {
    const github = await serveGitHub();
    await keep(cleanReport, github.env);
    expect(github.comments).toEqual([]);
    await keep(sampleReport, github.env);
    expect(github.comments).toMatchObject([{ body: expect.stringContaining('### ❌') }]);
    await keep(cleanReport, github.env);
    expect(github.comments).toMatchObject([{ body: expect.stringContaining('### ✅') }]);
  });

  it('is news where a gate is broken, too', async () => {
    const github = await serveGitHub();
    await keep(brokenReport, github.env);
    expect(github.comments).toHaveLength(1);
  });

  it('keeps comments of several documents apart', async () => {
    const github = await serveGitHub();
    const check = (spec: string) =>
      keep({ ...sampleReport, subject: { startedAt: new Date(), spec, isConsumer: true } }, github.env);
    await check('shop.yaml');
    await check('bank.yaml');
    await check('shop.yaml');
    expect(github.comments).toHaveLength(2);
  });
});
