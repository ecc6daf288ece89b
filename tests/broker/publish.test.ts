import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { command as publish } from '../../scripts/broker/publish.ts';
import { type BrokerAnswer, type RecordedRequest, startFakeBroker } from './fake-broker.ts';
import { makePactRepository, pactBetween } from './pact-repository.ts';
import { runCli, runCommand } from './run-command.ts';

// Others on this machine may run the same test.
const secret = `correct-horse-${randomUUID()}`;

const readSent = ({ body }: RecordedRequest) => {
  const { contracts, ...rest } = JSON.parse(body);
  return { ...rest, contents: contracts.map(({ content }: { content: string }) => atob(content)) };
};

describe('publish', () => {
  it('sends the pact under the commit and the branch, and prints the answer', async () => {
    const { pact, commit } = makePactRepository();
    const broker = await startFakeBroker();
    const { exitCode, stdout } = await runCommand(publish, ['--pact', pact], {
      PACT_BROKER_BASE_URL: broker.url,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Pact successfully published for shop');
    const [, sent] = broker.requests;
    expect(sent).toMatchObject({ method: 'POST', url: { pathname: '/contracts/publish' } });
    expect(sent && readSent(sent)).toMatchObject({
      pacticipantName: 'shop',
      pacticipantVersionNumber: commit,
      branch: 'trunk',
      contents: [expect.stringContaining('"a visit"')],
    });
  });

  it('sends all pacts in a folder, and nothing else in it', async () => {
    const { folder, write } = makePactRepository();
    write('app.json', pactBetween('app', 'bank'));
    write('notes.txt', 'no pact');
    const broker = await startFakeBroker();
    const { exitCode } = await runCommand(publish, ['--pact', folder, '--version', '1', '--branch', 'b'], {
      PACT_BROKER_BASE_URL: broker.url,
    });
    expect(exitCode).toBe(0);
    const names = broker.requests.slice(1).map((sent) => readSent(sent).pacticipantName);
    expect(names.sort()).toEqual(['app', 'shop']);
  });

  it.each([
    [{ PACT_BROKER_TOKEN: secret }, `Bearer ${secret}`],
    [{ PACT_BROKER_USERNAME: 'ada', PACT_BROKER_PASSWORD: secret }, `Basic ${btoa(`ada:${secret}`)}`],
  ])('shows the secret of %# to the broker only', async (credentials, authorization) => {
    const { pact } = makePactRepository();
    const broker = await startFakeBroker({
      '/contracts/publish': { status: 409, body: { error: `not ${secret}` } },
    });
    const env = { ...credentials, PACT_BROKER_BASE_URL: broker.url };
    const { stdout, stderr } = await runCommand(publish, ['--pact', pact], env);
    const dryRun = await runCommand(publish, ['--pact', pact, '--dry-run'], env);
    const [, sent] = broker.requests;
    expect(sent?.authorization).toBe(authorization);
    expect(sent?.processes).toContain('vitest');
    expect(stdout).toContain('The broker refused (409):\nnot ***');
    for (const seen of [sent?.processes, stdout, stderr, dryRun.stdout, dryRun.stderr]) {
      expect(seen).not.toContain(secret);
    }
  });
});

describe('publish --dry-run', () => {
  it('prints what would be sent, without a broker', async () => {
    const { pact, commit } = makePactRepository();
    const { exitCode, stdout, stderr } = runCli(['publish', '--pact', pact, '--dry-run']);
    expect([exitCode, stderr]).toEqual([0, '']);
    const bytes = readFileSync(pact).length;
    expect(stdout.trim().split('\n')).toEqual([
      'broker: (PACT_BROKER_BASE_URL is not set)',
      `version: ${commit}`,
      'branch: trunk',
      `pact: ${pact}, consumer shop, provider bank, interactions 1, bytes ${bytes}`,
    ]);
  });

  it('calls nobody', async () => {
    const broker = await startFakeBroker();
    const env = { PACT_BROKER_BASE_URL: broker.url };
    const args = ['--pact', makePactRepository().pact, '--tag', 'prod', '--dry-run'];
    const { stdout } = await runCommand(publish, args, env);
    expect(broker.requests).toEqual([]);
    expect(stdout).toContain(`broker: ${broker.url}\n`);
    expect(stdout).toContain('\ntag: prod\n');
  });
});

describe('publish', () => {
  it('prints no line and no escape sequence that a pact makes up', async () => {
    const { write } = makePactRepository();
    const consumer = 'shop\r\n::error ::forged\u001b[2J';
    const pact = write('a\n::error ::.json', pactBetween(consumer, 'bank'));
    const args = ['--pact', pact, '--version', '1', '--branch', 'b', '--dry-run'];
    const { exitCode, stdout } = await runCommand(publish, args);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('consumer shop ::error ::forged, provider bank');
    expect(stdout).not.toMatch(/^\s*::/m);
    expect(stdout).not.toContain('\u001b');
    expect(stdout.trimEnd().split('\n')).toHaveLength(4);
  });
});

describe('publish ends with 1 and prints the answer', () => {
  const conflict = { notices: [{ type: 'error', text: 'Cannot change it' }], errors: { contracts: ['no'] } };
  const invalid = { errors: { pacticipantVersionNumber: ["can't be blank"] } };
  it.each<[string, BrokerAnswer, string]>([
    ['another content of a version', { status: 409, body: conflict }, 'Cannot change it'],
    ['a conflict without a reason', { status: 409, body: {} }, 'gives no reason for /contracts/publish'],
    ['an invalid version', { status: 400, body: invalid }, "pacticipantVersionNumber can't be blank"],
  ])('where the broker refuses %s', async (_, answer, printed) => {
    const { pact } = makePactRepository();
    const broker = await startFakeBroker({ '/contracts/publish': answer });
    const { exitCode, stdout } = await runCommand(publish, ['--pact', pact], {
      PACT_BROKER_BASE_URL: broker.url,
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain(printed);
  });

  it.each([
    ['no JSON', '{'],
    ['no pact', '{"name": "shop"}'],
    ['a pact without a provider', '{"consumer": {"name": "shop"}, "interactions": []}'],
  ])('at %s, and sends nothing', async (_, content) => {
    const { write } = makePactRepository();
    const broker = await startFakeBroker();
    const { exitCode, stdout } = await runCommand(publish, ['--pact', write('other.json', content)], {
      PACT_BROKER_BASE_URL: broker.url,
    });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/other\.json:1:1 error pact\.unreadable: /);
    expect(broker.requests).toEqual([]);
  });
});
