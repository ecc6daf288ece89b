import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { SetupError } from '../../scripts/cli/command.ts';
import { runTool } from '../../scripts/cli/tool.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

/** Installs a package for one test, whose command is a script. Its command says where it is, in a file. */
function installTool(name: string, script: string): { pidFile: string } {
  const folder = join('node_modules', name);
  mkdirSync(folder, { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const pidFile = join(makeTemporaryFolder(), 'pid');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', bin: 'tool.cjs' }));
  writeFileSync(join(folder, 'tool.cjs'), script.replaceAll('PID_FILE', JSON.stringify(pidFile)));
  return { pidFile };
}

// As the launchers of Biome and TypeScript do it: a script that waits for a program of its own.
const hangingLauncher = `
const { spawnSync } = require('node:child_process');
const program = 'require("node:fs").writeFileSync(' + JSON.stringify(PID_FILE) + ', String(process.pid)); setInterval(() => {}, 1000);';
spawnSync(process.execPath, ['-e', program], { stdio: 'inherit' });
`;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // What has ended stays in the list of processes until its parent, here the first process, looks at it.
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

it('gives what a tool printed and its exit code', async () => {
  const { exitCode, stdout } = await runTool('@typescript/native', ['--version']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Version 7.0.2\n' });
  expect((await runTool('@typescript/native', ['--nonsense'])).exitCode).not.toBe(0);
});

it('gives a tool the environment, without the credentials of a Pact Broker and of GitHub', async () => {
  installTool('telling-tool', 'console.log(JSON.stringify(process.env));');
  const env = { SHOP: 'open', PACT_BROKER_TOKEN: 'one', PACT_BROKER_PASSWORD: 'two', GITHUB_TOKEN: 'three' };
  const told = JSON.parse((await runTool('telling-tool', [], { env })).stdout);
  expect(told).toMatchObject({ SHOP: 'open', DO_NOT_TRACK: '1' });
  expect(Object.keys(told).filter((name) => /^(?:PACT_BROKER|GITHUB_TOKEN)/.test(name))).toEqual([]);
});

it('says which package is not installed, and what installs it', async () => {
  await expect(runTool('no-such-package', [])).rejects.toThrow(
    new SetupError('no-such-package is not installed. Run npm ci.'),
  );
});

it('ends a tool that takes too long, and the program that it waits for', async () => {
  const { pidFile } = installTool('hanging-tool', hangingLauncher);
  const run = runTool('hanging-tool', [], { timeoutMs: 3000 });
  await expect(run).rejects.toThrow(new SetupError('Cannot run hanging-tool: it did not end within 3 s.'));
  const pid = Number(readFileSync(pidFile, 'utf8'));
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000 });
});

it('says by which signal a tool was ended', async () => {
  installTool('killed-tool', "process.kill(process.pid, 'SIGKILL');");
  await expect(runTool('killed-tool', [])).rejects.toThrow(
    'Cannot run killed-tool: it was ended by SIGKILL.',
  );
});

it('ends a tool that never stops printing', async () => {
  installTool(
    'printing-tool',
    "const text = 'x'.repeat(1 << 20); (function print() { process.stdout.write(text, print); })();",
  );
  await expect(runTool('printing-tool', [])).rejects.toThrow(
    'Cannot run printing-tool: it printed more than 64 MiB.',
  );
});

it('gives a tool the variables that it is told to, and those that keep it from calling home', async () => {
  vi.stubEnv('OF_THIS_PROCESS', 'yes');
  onTestFinished(() => void vi.unstubAllEnvs());
  installTool('telling-tool', 'console.log(JSON.stringify(process.env));');
  const { stdout } = await runTool('telling-tool', [], {
    env: { OF_THE_CALLER: 'yes', REDOCLY_TELEMETRY: 'on' },
  });
  const { OF_THE_CALLER, OF_THIS_PROCESS, REDOCLY_TELEMETRY, PACT_DO_NOT_TRACK } = JSON.parse(stdout);
  expect({ OF_THE_CALLER, OF_THIS_PROCESS, REDOCLY_TELEMETRY, PACT_DO_NOT_TRACK }).toEqual({
    OF_THE_CALLER: 'yes',
    OF_THIS_PROCESS: undefined,
    REDOCLY_TELEMETRY: 'off',
    PACT_DO_NOT_TRACK: '1',
  });
});

it('tells when the process of a tool starts and ends', async () => {
  installTool('short-tool', '');
  const told: [number, boolean][] = [];
  await runTool('short-tool', [], { onProcess: (id, running) => void told.push([id, running]) });
  expect(told).toEqual([
    [expect.any(Number), true],
    [told[0]?.[0], false],
  ]);
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  'ends a tool with the process that runs it, when %s ends that',
  async (signal) => {
    const { pidFile } = installTool('orphan-tool', hangingLauncher);
    const script = "import { runTool } from './scripts/cli/tool.ts'; await runTool('orphan-tool', []);";
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    const ended = new Promise((resolve) => parent.once('exit', (_code, by) => resolve(by)));
    const pid = await vi.waitFor(
      () => {
        expect(existsSync(pidFile) && readFileSync(pidFile, 'utf8')).toMatch(/\d/);
        return Number(readFileSync(pidFile, 'utf8'));
      },
      { timeout: 20_000 },
    );
    parent.kill(signal);
    expect(await ended).toBe(signal);
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000 });
  },
);
