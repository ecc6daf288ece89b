import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SetupError } from '../../scripts/cli/command.ts';
import { command } from '../../scripts/generate/command.ts';
import { generatedNames } from '../../scripts/generate/model/origin.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { fixtureSpec, runGenerate } from './run-generate.ts';

const brokenSpec = 'tests/openapi/fixtures/broken-reference/openapi.yaml';

describe('generate', () => {
  it('writes its files, one line each, into a folder that it makes', async () => {
    const out = join(makeTemporaryFolder(), 'deep', 'generated');
    expect(await runGenerate('--out', out)).toEqual({
      exitCode: 0,
      stdout: generatedNames.map((name) => `written ${out}/${name}`),
    });
    expect(readdirSync(out).sort()).toEqual([...generatedNames].sort());
  });

  it('touches no file that is fresh, and writes the one that is not', async () => {
    const out = makeTemporaryFolder();
    await runGenerate('--out', out);
    const before = statSync(join(out, 'client.ts'), { bigint: true });
    writeFileSync(join(out, 'operations.ts'), 'changed by hand');
    expect((await runGenerate('--out', out)).stdout).toEqual(
      generatedNames.map((name) => `${name === 'operations.ts' ? 'written' : 'unchanged'} ${out}/${name}`),
    );
    const { mtimeNs, ino } = statSync(join(out, 'client.ts'), { bigint: true });
    expect({ mtimeNs, ino }).toEqual({ mtimeNs: before.mtimeNs, ino: before.ino });
  });

  it('writes nothing when the spec has findings, and exits with 1', async () => {
    const out = join(makeTemporaryFolder(), 'generated');
    const { exitCode, stdout } = await runGenerate('--spec', brokenSpec, '--out', out);
    expect(exitCode).toBe(1);
    expect(stdout).toEqual([expect.stringContaining(`${brokenSpec}:10:11 error spec.unreadable:`)]);
    expect(readdirSync(join(out, '..'))).toEqual([]);
  });

  it('names the spec and the command in the first line of each file', async () => {
    const out = makeTemporaryFolder();
    await runGenerate('--spec', fixtureSpec('openapi-3-0'), '--out', out);
    const spec = fixtureSpec('openapi-3-0');
    const header = `// Generated from ${spec} by \`contract-kit generate --spec ${spec} --out ${out}\`. Do not edit.`;
    for (const name of readdirSync(out)) {
      expect(readFileSync(join(out, name), 'utf8').split('\n')[0]).toBe(header);
    }
    expect(readFileSync('generated/schema.ts', 'utf8').split('\n')[0]).toBe(
      '// Generated from openapi/nexudus-auth.yaml by `npm run generate`. Do not edit.',
    );
  });

  it.each([['\u2028'], ['\u2029'], ['\n'], ['\r']])(
    'keeps the first line a comment where the path of the spec or the folder has the line end %j',
    async (lineEnd) => {
      const folder = join(makeTemporaryFolder(), `a${lineEnd}throw new Error('run');//`);
      mkdirSync(folder);
      const spec = join(folder, 'openapi.yaml');
      cpSync(fixtureSpec('openapi-3-0'), spec);
      const out = join(folder, 'generated');
      await runGenerate('--spec', spec, '--out', out);
      for (const name of generatedNames) {
        const [first, second] = readFileSync(join(out, name), 'utf8').split(/[\n\r\u2028\u2029]/);
        expect([first, second]).toEqual([
          expect.stringMatching(/^\/\/ .+ Do not edit\.$/),
          expect.any(String),
        ]);
        expect(second).not.toContain('throw');
      }
      expect((await runGenerate('--check', '--spec', spec, '--out', out)).exitCode).toBe(0);
    },
  );

  it.each([
    ['a missing spec', ['--spec', 'nowhere.yaml'], /^Cannot read the spec nowhere\.yaml: .+ --spec\.$/],
    [
      'an --out that is a file',
      ['--out', 'package.json'],
      /^Cannot write package\.json\/schema\.ts: .+ --out\.$/,
    ],
    ['a misspelt option', ['--chekc'], /^Unknown option '--chekc'/],
  ])('refuses %s', async (_, args, message) => {
    const failure = await runGenerate(...args).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SetupError);
    expect((failure as Error).message).toMatch(message);
  });

  it('refuses a folder in the place of a file, and leaves no temporary file', async () => {
    const out = makeTemporaryFolder();
    mkdirSync(join(out, 'operations.ts', 'inside'), { recursive: true });
    await expect(runGenerate('--out', out)).rejects.toThrow(/^Cannot write .+operations\.ts: EISDIR/);
    expect(readdirSync(out).sort()).toEqual(['operations.ts', 'schema.ts']);
  });
});

describe('generate --check', () => {
  const check = (out: string) => runGenerate('--check', '--out', out);

  it('finds the committed files fresh', async () => {
    expect(await runGenerate('--check')).toEqual({
      exitCode: 0,
      stdout: ['All generated files are up to date.'],
    });
  });

  it('names file, line and command for a change by hand, and mends nothing', async () => {
    const out = makeTemporaryFolder();
    await runGenerate('--out', out);
    const file = join(out, 'client.ts');
    const changed = readFileSync(file, 'utf8').replace('signal?: AbortSignal;', 'signal: AbortSignal;');
    writeFileSync(file, changed);
    const line = changed.split('\n').indexOf('  signal: AbortSignal;') + 1;
    expect(await check(out)).toEqual({
      exitCode: 1,
      stdout: [
        `${file}:${line}:1 error generated.stale: Found "  signal: AbortSignal;", expected "  signal?: AbortSignal;". Run \`contract-kit generate --out ${out}\`.`,
      ],
    });
    expect(readFileSync(file, 'utf8')).toBe(changed);
  });

  it('names every file that is missing', async () => {
    const out = join(makeTemporaryFolder(), 'generated');
    const { exitCode, stdout } = await check(out);
    expect(exitCode).toBe(1);
    expect(stdout).toEqual(
      generatedNames.map((name) =>
        expect.stringContaining(`${out}/${name}:1:1 error generated.stale: The file is missing. Run \``),
      ),
    );
  });

  it('sees a spec that has changed', async () => {
    const folder = makeTemporaryFolder();
    const spec = join(folder, 'openapi.yaml');
    const where = ['--spec', spec, '--out', join(folder, 'generated')];
    cpSync(fixtureSpec('openapi-3-0'), spec);
    await runGenerate(...where);
    expect((await runGenerate('--check', ...where)).exitCode).toBe(0);
    writeFileSync(spec, readFileSync(spec, 'utf8').replace('[title, cover]', '[title]'));
    const { exitCode, stdout } = await runGenerate('--check', ...where);
    expect(exitCode).toBe(1);
    expect(stdout).toEqual([
      expect.stringMatching(/schema\.ts:\d+:1 .+ expected " +cover\?: Blob \| null/),
      expect.stringMatching(/validators\.ts:\d+:1 /),
    ]);
  });

  it.each([
    [
      'an end that is cut off',
      (text: string) => text.slice(0, -3),
      /Found the end of the file, expected "}"/,
    ],
    ['a line at the end', (text: string) => `${text}more\n`, /Found "more", expected ""/],
    [
      'CRLF line ends',
      (text: string) => text.replaceAll('\n', '\r\n'),
      /Found .+ Do not edit\.\\r", expected .+ Do not edit\."/,
    ],
    [
      'a long line',
      (text: string) => text.replace(/content'\]/, 'CONTENT]'),
      /Found …".+CONTENT.+"…, expected …".+content.+"…\./,
    ],
  ])('sees %s', async (_, change, message) => {
    const out = makeTemporaryFolder();
    await runGenerate('--out', out);
    const file = join(out, 'client.ts');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    const { exitCode, stdout } = await check(out);
    expect(exitCode).toBe(1);
    expect(stdout).toEqual([expect.stringMatching(message)]);
  });

  it('reports a file that is generated no more, and no other file', async () => {
    const out = makeTemporaryFolder();
    await runGenerate('--out', out);
    cpSync(join(out, 'client.ts'), join(out, 'handlers.ts'));
    writeFileSync(join(out, 'by-hand.ts'), 'export {};\n');
    expect(await check(out)).toEqual({
      exitCode: 1,
      stdout: [
        `${out}/handlers.ts:1:1 error generated.stale: Nothing generates this file any more. Delete it.`,
      ],
    });
  });

  it('reports what is wrong with the spec', async () => {
    const { exitCode, stdout } = await runGenerate('--check', '--spec', brokenSpec);
    expect(exitCode).toBe(1);
    expect(stdout).toEqual([expect.stringContaining('spec.unreadable')]);
  });

  it('refuses an --out that is a file', async () => {
    const context = { stdout: () => {}, stderr: () => {}, env: {} };
    await expect(command.run(['--check', '--out', 'package.json'], context)).rejects.toThrow(
      /^Cannot read package\.json: /,
    );
  });
});
