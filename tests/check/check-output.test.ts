import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../scripts/check/command.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const spec = 'tests/check/foreign/bodies/spec.yaml';
const pact = 'tests/check/foreign/bodies/pact.json';

/** Everything that a check prints, results and progress in one log as in CI. */
async function logOf(...args: string[]): Promise<{ exitCode: number; log: string; progress: string[] }> {
  const lines: string[] = [];
  const progress: string[] = [];
  const context = {
    stdout: (line: string) => lines.push(line),
    stderr: (line: string) => lines.push(line),
    progress: (line: string) => progress.push(line),
    env: {},
  };
  const exitCode = await command.run(args, context);
  return { exitCode, log: lines.join('\n'), progress };
}

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('the output of check', () => {
  it('has each gate once, and the progress for terminals only', async () => {
    const { log, progress } = await logOf(spec, '--pact', pact);
    expect(log).toMatch(/^Running 3 gates …$/m);
    for (const name of ['pact-against-spec', 'pact-rules', 'pact-against-mock']) {
      expect(count(log, `  ${name}  `)).toBe(1);
      expect(progress.filter((line) => line.includes(`of 3 gates: ${name} `))).toHaveLength(1);
    }
  });

  it('hides what may follow from another finding, unless it is asked for, and exits alike', async () => {
    const some = await logOf(spec, '--pact', pact);
    const all = await logOf(spec, '--pact', pact, '--all');
    expect([some.exitCode, all.exitCode]).toEqual([1, 1]);
    expect(some.log).toMatch(/^\d+ findings? may follow from pact\./m);
    expect(count(all.log, '  error  ')).toBeGreaterThan(count(some.log, '  error  '));
    expect(
      some.log
        .split('\n')
        .at(-1)
        ?.replace(/ in .*/, ''),
    ).toBe(
      all.log
        .split('\n')
        .at(-1)
        ?.replace(/ in .*/, ''),
    );
  });

  it('says how many gates were not run where the spec cannot be read', async () => {
    const broken = join(makeTemporaryFolder(), 'shop.yaml');
    writeFileSync(broken, 'openapi: 3.1.0\ninfo: [');
    const { exitCode, log } = await logOf(broken, '--pact', pact);
    expect(exitCode).toBe(1);
    expect(log).toMatch(/^3 gates not run, 1 finding in /m);
    expect(log).not.toContain('pact-rules');
  });

  it('writes into the HTML report what it checked, and advice for whoever only has the pact', async () => {
    const file = join(makeTemporaryFolder(), 'check.html');
    await logOf(spec, '--pact', pact, '--html', file);
    const html = readFileSync(file, 'utf8');
    expect(html).toContain(`<code>${spec}</code>`);
    expect(html).toContain(`<code>${pact}</code>`);
    expect(html).toContain('<h4>If only the pact is yours</h4>');
    expect(html).toMatch(/<dt>Commit<\/dt><dd><code>[0-9a-f]{40}<\/code>/);
  });
});
