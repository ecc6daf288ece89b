import { execFileSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { judgeRun } from '../../scripts/broker/broker.ts';
import { command as publish } from '../../scripts/broker/publish.ts';
import { SetupError } from '../../scripts/cli/command.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { startFakeBroker, startSilentBroker } from './fake-broker.ts';
import { makePactRepository } from './pact-repository.ts';
import { runCommand } from './run-command.ts';

// Nothing listens on the port of tcpmux.
const nobody = 'http://127.0.0.1:1';

async function fail(args: string[], env: Record<string, string> = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await runCommand(publish, args, env);
  expect([exitCode, stdout]).toEqual([2, '']);
  return stderr;
}

describe('publish ends with 2 and says why', () => {
  it('without an address', async () => {
    const { pact } = makePactRepository();
    expect(await fail(['--pact', pact])).toContain('PACT_BROKER_BASE_URL is not set.');
    expect(await fail(['--pact', pact], { PACT_BROKER_BASE_URL: '' })).toContain('is not set.');
  });

  it.each(['nonsense', 'ftp://broker.example.com'])('at the address %s', async (url) => {
    const message = await fail(['--pact', makePactRepository().pact], { PACT_BROKER_BASE_URL: url });
    expect(message).toContain('PACT_BROKER_BASE_URL is not an http or https URL');
  });

  it.each([[[]], [['--dry-run']]])(
    'at a password in the address, without showing it: %j',
    async (options) => {
      const env = { PACT_BROKER_BASE_URL: 'https://ada:correct-horse@broker.example.com' };
      const message = await fail(['--pact', makePactRepository().pact, ...options], env);
      expect(message).toContain('PACT_BROKER_PASSWORD');
      expect(message).not.toContain('correct-horse');
    },
  );

  it.each([
    ['a query', '/?token=correct-horse', []],
    ['a query', '/?token=correct-horse', ['--dry-run']],
    ['a fragment', '/#correct-horse', []],
  ])('at %s in the address, without showing it: %s %j', async (_, end, options) => {
    const env = { PACT_BROKER_BASE_URL: `https://broker.example.com${end}` };
    const message = await fail(['--pact', makePactRepository().pact, ...options], env);
    expect(message).toContain('PACT_BROKER_TOKEN');
    expect(message).not.toContain('correct-horse');
  });

  it('where a broker takes the call and never answers, and ends the Pact CLI', async () => {
    const { pact } = makePactRepository();
    const { url } = await startSilentBroker();
    const message = await fail(['--pact', pact, '--timeout', '2'], { PACT_BROKER_BASE_URL: url });
    expect(message).toContain('The broker did not respond within 2 s');
    expect(message).toContain('--timeout SECONDS');
    const listProcesses = (): string => execFileSync('ps', ['-axww', '-o', 'args'], { encoding: 'utf8' });
    await vi.waitFor(() => expect(listProcesses()).not.toContain(pact), { timeout: 10_000 });
  });

  it.each(['0', '-1', 'soon', '3601'])('at the time limit %s', async (seconds) => {
    const args = ['--pact', makePactRepository().pact, `--timeout=${seconds}`];
    expect(await fail(args, { PACT_BROKER_BASE_URL: nobody })).toContain(`--timeout is "${seconds}"`);
  });

  it('where nobody listens', async () => {
    const message = await fail(['--pact', makePactRepository().pact], { PACT_BROKER_BASE_URL: nobody });
    expect(message).toContain('Cannot reach the broker. Check PACT_BROKER_BASE_URL.');
    expect(message).toContain(nobody);
  });

  it.each([
    ['is down', { status: 503 }, '503 Service Unavailable'],
    ['is a web page', { status: 200, contentType: 'text/html' }, 'valid HAL response'],
  ])('where the broker %s', async (_, answer, reason) => {
    const { url } = await startFakeBroker({ '/': answer });
    const message = await fail(['--pact', makePactRepository().pact], { PACT_BROKER_BASE_URL: url });
    expect(message).toContain('without a response from the broker');
    expect(message).toContain(reason);
  });

  it('on a platform that the Pact CLI has no binary for', async () => {
    const { pact } = makePactRepository();
    const otherMachine = "data:text/javascript,Object.defineProperty(process,'arch',{value:'vax'})";
    const env = { PACT_BROKER_BASE_URL: nobody, NODE_OPTIONS: `--import=${otherMachine}` };
    expect(await fail(['--pact', pact], env)).toMatch(/has no binary for \w+ \w+\. Run npm ci/);
  });

  it('at an empty version', async () => {
    const args = ['--pact', makePactRepository().pact, '--version='];
    expect(await fail(args, { PACT_BROKER_BASE_URL: nobody })).toContain("Option '--version' is empty");
  });

  it('at a missing pact and a folder without any', async () => {
    expect(await fail(['--pact', 'nowhere.json'])).toContain('Cannot read the pact');
    expect(await fail(['--pact', makeTemporaryFolder()])).toContain('Found no .json file in');
  });
});

describe('judgeRun', () => {
  const isDone = (printed: string) => printed.includes('done');

  it('takes an exit code of 0 for done where the Pact CLI says so', () => {
    expect(judgeRun({ exitCode: 0, stdout: 'done', stderr: '' }, isDone)).toBe(0);
  });

  it('does not where it says nothing: its launcher ends with 0 after a kill', () => {
    expect(() => judgeRun({ exitCode: 0, stdout: 'half', stderr: '' }, isDone)).toThrow(SetupError);
  });
});
