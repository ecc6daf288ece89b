import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../../scripts/check/report/report.ts';
import { type ReportOptions, writeReports } from '../../../scripts/check/report/reports.ts';
import { SetupError } from '../../../scripts/cli/command.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { cleanReport, sampleReport } from './sample-report.ts';

const write = (
  report: CheckReport,
  options: Partial<ReportOptions> = {},
  env: Record<string, string> = {},
  useColors = false,
): { stdout: string[]; stderr: string[] } => {
  const stdout: string[] = [];
  const stderr: string[] = [];
  writeReports(
    report,
    { json: false, ...options },
    { stdout: (line) => stdout.push(line), stderr: (line) => stderr.push(line), env, useColors },
  );
  return { stdout, stderr };
};

describe('writeReports', () => {
  it('prints for people, in colours where the terminal has them', () => {
    const { stdout, stderr } = write(sampleReport);
    expect(stdout.join('\n')).toMatch(/^passed {3}spec-lint/);
    expect(stderr).toEqual([]);
    expect(write(sampleReport, {}, {}, true).stdout.join('\n')).toContain('\u001b[32mpassed');
  });

  it('writes the files that are asked for, and says so on standard error', () => {
    const folder = makeTemporaryFolder();
    const [junit, sarif, html] = ['junit.xml', 'new/check.sarif', 'check.html'].map((name) =>
      join(folder, name),
    );
    const { stderr } = write(sampleReport, { junit, sarif, html });
    expect(stderr).toEqual([junit, sarif, html].map((file) => `${file} is written`));
    expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toMatch(/^<\?xml /);
    expect(readFileSync(join(folder, 'new/check.sarif'), 'utf8')).toContain('"version": "2.1.0"');
    expect(readFileSync(join(folder, 'check.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('writes no other file', () => {
    const folder = makeTemporaryFolder();
    write(sampleReport, { sarif: join(folder, 'check.sarif') });
    expect(readdirSync(folder)).toEqual(['check.sarif']);
  });

  it('leaves nothing but the JSON on standard output, whatever else is asked for', () => {
    const folder = makeTemporaryFolder();
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
    const { stdout } = write(sampleReport, { json: true, html: join(folder, 'check.html') }, env, true);
    expect(JSON.parse(stdout.join('\n'))).toMatchObject({ durationMs: 1300 });
  });

  it.each(['junit', 'sarif', 'html'] as const)('names the file of --%s that can not be written', (name) => {
    const folder = makeTemporaryFolder();
    const file = join(folder, 'taken');
    mkdirSync(file);
    const writing = () => write(sampleReport, { [name]: file });
    expect(writing).toThrow(SetupError);
    expect(writing).toThrow(
      new RegExp(`^Cannot write ${file}: EISDIR: .+\\. Pass another path with --${name}\\.$`),
    );
  });

  it('annotates on GitHub Actions only, and on standard error', () => {
    const { stderr } = write(sampleReport, {}, { GITHUB_ACTIONS: 'true' });
    expect(stderr).toEqual([expect.stringMatching(/^::error file=contracts\/pacts\/pact\.json,/)]);
    expect(write(sampleReport, {}, { GITHUB_ACTIONS: 'false' }).stderr).toEqual([]);
    expect(write(cleanReport, {}, { GITHUB_ACTIONS: 'true' }).stderr).toEqual([]);
  });

  it('adds to the summary of a job, and keeps what is there', () => {
    const file = join(makeTemporaryFolder(), 'summary.md');
    writeFileSync(file, 'Before.\n\n');
    write(cleanReport, {}, { GITHUB_STEP_SUMMARY: file });
    expect(readFileSync(file, 'utf8')).toMatch(/^Before\.\n\n## Contract check\n/);
  });

  it('says which summary can not be written', () => {
    const folder = makeTemporaryFolder();
    expect(() => write(cleanReport, {}, { GITHUB_STEP_SUMMARY: folder })).toThrow(
      new RegExp(`^Cannot write ${folder}: EISDIR: .+\\. GITHUB_STEP_SUMMARY names this file\\.$`),
    );
    expect(() => write(cleanReport, {}, { GITHUB_STEP_SUMMARY: '' })).not.toThrow();
  });
});
