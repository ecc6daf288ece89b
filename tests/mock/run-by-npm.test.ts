import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/login`).then(
    () => true,
    () => false,
  );

/** Starts a mock in a shell that passes no signal on, as npm does, kills that shell, and gives the mock's URL. */
async function startAndKillShell(env: Record<string, string>): Promise<string> {
  const command = `"${process.execPath}" scripts/cli.ts mock --port 0 & echo "pid $!"; wait`;
  const { npm_lifecycle_event: _, ...inherited } = process.env;
  const shell = spawn('sh', ['-c', command], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const text of shell.stdout) {
    printed += text;
    if (printed.includes('ready at')) break;
  }
  onTestFinished(() => stop(Number(/pid (\d+)/.exec(printed)?.[1])));
  shell.kill('SIGTERM');
  await once(shell, 'exit');
  return /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? expect.fail(printed);
}

function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has stopped by itself.
  }
}

describe('a mock that npm runs', () => {
  it('stops when npm was told to stop, though the shell between them passes no signal on', async () => {
    const url = await startAndKillShell({ npm_lifecycle_event: 'mock' });
    for (let waited = 0; waited < 50 && (await answers(url)); waited += 1) await sleep(100);
    expect(await answers(url)).toBe(false);
  });

  it('runs on without its shell when it was not npm that started it', async () => {
    const url = await startAndKillShell({});
    await sleep(600);
    expect(await answers(url)).toBe(true);
  });
});
