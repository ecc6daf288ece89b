import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { command as canIDeploy } from '../../scripts/check/can-i-deploy.ts';
import {
  type BrokerAnswer,
  deployment,
  findClosedUrl,
  startFakeBroker,
  startSilentBroker,
} from './fake-broker.ts';
import { makePactRepository } from './pact-repository.ts';
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
    const [, asked] = broker.requests;
    expect(Object.fromEntries(asked?.url.searchParams ?? [])).toEqual({
      pacticipant: 'nexudus-portal',
      version: commit,
      environment: 'production',
    });
  });

  it('asks about the provider of a config without a consumer', async () => {
    const { write } = makePactRepository();
    const config = write('contract.config.js', 'export default { spec: "openapi.yaml", provider: "bank" };');
    const broker = await startFakeBroker();
    await ask(broker.url, '--config', config);
    expect(broker.requests[1]?.url.searchParams.get('pacticipant')).toBe('bank');
  });

  it('asks about the version and the pacticipant that it is told', async () => {
    const broker = await startFakeBroker();
    await ask(broker.url, '--pacticipant', 'shop & son', '--version', '1.0');
    expect(Object.fromEntries(broker.requests[1]?.url.searchParams ?? [])).toMatchObject({
      pacticipant: 'shop & son',
      version: '1.0',
    });
  });

  it.each<[string, BrokerAnswer, string]>([
    ['it is not deployable', { status: 200, body: deployment(false, 'It failed') }, 'no: It failed'],
    ['a result is missing', { status: 200, body: deployment(null, 'Not verified') }, 'unknown: Not verified'],
    [
      'there is no such environment',
      { status: 400, body: { errors: { environment: ["with name 'production' does not exist"] } } },
      "The broker refused (400):\nenvironment with name 'production' does not exist",
    ],
  ])('ends with 1 where %s, and prints the answer', async (_, answer, printed) => {
    const { url } = await startFakeBroker({ '/can-i-deploy': answer });
    const { exitCode, stdout } = await ask(url);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(printed);
  });

  it('prints a row for each pact', async () => {
    const { url } = await startFakeBroker({ '/can-i-deploy': { status: 200, body: deployment(null, 'No') } });
    const { stdout } = await ask(url);
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'consumer  version  provider  version  result',
      'shop      1        bank      unknown  unknown',
    ]);
  });

  it('prints no command for CI and no escape sequence that a broker answers', async () => {
    const reason = '::error ::forged\u001b[2J';
    const { url } = await startFakeBroker({
      '/can-i-deploy': { status: 200, body: deployment(false, reason) },
    });
    const { exitCode, stdout } = await ask(url);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('::error ::forged');
    expect(stdout).not.toMatch(/^\s*::/m);
    expect(stdout).not.toContain('\u001b');
  });

  it('ends with 2 where nobody listens', async () => {
    const { exitCode, stdout, stderr } = await ask(await findClosedUrl());
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Cannot reach the broker at');
  });

  it('ends with 2 where the broker is down', async () => {
    const { url } = await startFakeBroker({ '/can-i-deploy': { status: 503 } });
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
    expect(stderr).toContain('did not respond within 2 s');
  });

  it('prints with --dry-run what it would ask, and asks nobody', async () => {
    const broker = await startFakeBroker();
    const { exitCode, stdout } = await ask(broker.url, '--dry-run');
    expect(exitCode).toBe(0);
    expect(broker.requests).toEqual([]);
    expect(stdout.trim().split('\n')).toEqual([
      `broker: ${broker.url}`,
      'pacticipant: nexudus-portal',
      `version: ${commit}`,
      'environment: production',
    ]);
  });
});
