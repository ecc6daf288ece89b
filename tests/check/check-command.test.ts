import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../scripts/check/index.ts';
import { SetupError } from '../../scripts/command.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const own = 'openapi/nexudus-auth.yaml';

const check = async (...args: string[]) => {
  let printed = '';
  const context = { stdout: (line: string) => (printed += line), stderr: () => {}, env: {} };
  return { exitCode: await run([...args, '--json'], context), report: JSON.parse(printed) };
};

const writeOtherSpec = (): string => {
  const file = join(makeTemporaryFolder(), 'openapi.yaml');
  writeFileSync(file, readFileSync(own, 'utf8'));
  return file;
};

describe('check --spec without --pact', () => {
  it("refuses another API's spec, which the gates of this repository are not about", async () => {
    await expect(check('--spec', writeOtherSpec())).rejects.toThrow(SetupError);
    await expect(check('--spec', writeOtherSpec())).rejects.toThrow(/--pact.*--base/);
  });

  it('compares it with an earlier version of it, and does nothing else', async () => {
    const { exitCode, report } = await check('--spec', writeOtherSpec(), '--base', writeOtherSpec());
    expect(exitCode).toBe(0);
    expect(report.gates.map(({ name }: { name: string }) => name)).toEqual(['spec-version']);
  });

  it("takes this repository's own spec, with all gates", async () => {
    const { exitCode, report } = await check('--spec', own, '--only', 'package-version');
    expect(exitCode).toBe(0);
    expect(report.gates.map(({ name }: { name: string }) => name)).toEqual(['package-version']);
  });
});
