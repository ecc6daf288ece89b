import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { command as canIDeploy } from '../../scripts/broker/can-i-deploy.ts';
import { type BrokerAnswer, matrix, startFakeBroker, startSilentBroker } from './fake-broker.ts';
import { runCli, runCommand } from './run-command.ts';

const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
const production = ['--to', 'production'];

const ask = (url: string, ...options: string[]) =>
  runCommand(canIDeploy, [...production, ...options], { PACT_BROKER_BASE_URL: url });

describe('can-i-deploy', () => {
  it('asks about the commit of the consumer, and ends with 0 where it is deployable', async () => {
    const broker = await startFakeBroker();
    const { exitCode, stdout } = await ask(broker.url);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('All required verification results are published');
    const [asked] = broker.requests;
    expect(Object.fromEntries(asked?.url.searchParams ?? [])).toMatchObject({
      'q[][pacticipant]': 'nexudus-portal',
      'q[][version]': commit,
      environment: 'production',
    });
  });

  it('asks about the version and the pacticipant that it is told', async () => {
    const broker = await startFakeBroker();
    await ask(broker.url, '--pacticipant', 'shop', '--version', '1.0');
    expect(Object.fromEntries(broker.requests[0]?.url.searchParams ?? [])).toMatchObject({
      'q[][pacticipant]': 'shop',
      'q[][version]': '1.0',
    });
  });

  it.each<[string, BrokerAnswer, string]>([
    ['it is not deployable', { status: 200, body: matrix(false, 'Not verified') }, 'Not verified'],
    ['there is no such environment', { status: 400, body: { errors: ['no environment'] } }, 'no environment'],
    ['the token is wrong', { status: 401 }, '401 Unauthorized'],
  ])('ends with 1 where %s, and prints the answer', async (_, answer, printed) => {
    const { url } = await startFakeBroker({ '/matrix': answer });
    const { exitCode, stdout } = await ask(url);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(printed);
  });

  it('prints no command for CI and no escape sequence that a broker answers', async () => {
    const reason = '::error ::forged\u001b[2J';
    const { url } = await startFakeBroker({ '/matrix': { status: 200, body: matrix(false, reason) } });
    const { exitCode, stdout } = await ask(url);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(': :error ::forged');
    expect(stdout).not.toMatch(/^\s*::/m);
    expect(stdout).not.toContain('\u001b');
  });

  it('ends with 2 where nobody listens', async () => {
    const { exitCode, stdout, stderr } = await ask('http://127.0.0.1:1');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Cannot reach the broker. Check PACT_BROKER_BASE_URL.');
  });

  it('ends with 2 where the broker is down', async () => {
    const { url } = await startFakeBroker({ '/matrix': { status: 503 } });
    expect(await ask(url)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('503') });
  });

  it('ends with 2 without an environment and without an address', async () => {
    expect(runCli(['can-i-deploy'])).toMatchObject({
      exitCode: 2,
      stderr: '--to is missing, expected an environment, such as --to production.\n',
    });
    expect(await runCommand(canIDeploy, production)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('PACT_BROKER_BASE_URL is not set.'),
    });
  });

  it('ends with 2 at an empty environment, and asks nobody', async () => {
    const broker = await startFakeBroker();
    const env = { PACT_BROKER_BASE_URL: broker.url };
    expect(await runCommand(canIDeploy, ['--to', ''], env)).toMatchObject({
      exitCode: 2,
      stderr: "Option '--to' is empty, expected a value. Try --help.\n",
    });
    expect(broker.requests).toEqual([]);
  });

  it('ends with 2 where a broker takes the call and never answers', async () => {
    const { url } = await startSilentBroker();
    const { exitCode, stderr } = await ask(url, '--timeout', '2');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The broker did not respond within 2 s');
  });

  it('prints with --dry-run what it would ask, and asks nobody', async () => {
    const broker = await startFakeBroker();
    const { exitCode, stdout } = await ask(broker.url, '--dry-run');
    expect(exitCode).toBe(0);
    expect(broker.requests).toEqual([]);
    const [command, ...details] = stdout.trim().split('\n');
    expect(command).toContain(`--pacticipant nexudus-portal --version ${commit} --to-environment production`);
    expect(details).toEqual([
      `broker: ${broker.url}`,
      'pacticipant: nexudus-portal',
      `version: ${commit}`,
      'environment: production',
    ]);
  });
});
