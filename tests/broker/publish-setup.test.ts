import { describe, expect, it } from 'vitest';
import { command as publish } from '../../scripts/broker/publish.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import {
  type BrokerAnswer,
  findClosedUrl,
  index,
  startFakeBroker,
  startSilentBroker,
} from './fake-broker.ts';
import { makePactRepository } from './pact-repository.ts';
import { runCommand } from './run-command.ts';

const secret = 'correct-horse';

const nobody = await findClosedUrl();

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

  it('where a broker takes the call and never answers', async () => {
    const { pact } = makePactRepository();
    const { url } = await startSilentBroker();
    const message = await fail(['--pact', pact, '--timeout', '1'], { PACT_BROKER_BASE_URL: url });
    expect(message).toContain(`The broker at ${url} did not respond within 1 s`);
    expect(message).toContain('--timeout SECONDS');
  });

  it.each(['0', '-1', 'soon', '3601'])('at the time limit %s', async (seconds) => {
    const args = ['--pact', makePactRepository().pact, `--timeout=${seconds}`];
    expect(await fail(args, { PACT_BROKER_BASE_URL: nobody })).toContain(`--timeout is "${seconds}"`);
  });

  it('where nobody listens', async () => {
    const message = await fail(['--pact', makePactRepository().pact], { PACT_BROKER_BASE_URL: nobody });
    expect(message).toContain(`Cannot reach the broker at ${nobody}: connect ECONNREFUSED`);
    expect(message).toContain('Check PACT_BROKER_BASE_URL.');
  });

  it.each<[string, BrokerAnswer, string]>([
    ['is down', { status: 503 }, 'failed with 503'],
    ['has a defect', { status: 500, body: { error: 'no' } }, 'failed with 500'],
    ['is a web page', { status: 200, contentType: 'text/html', body: '<p>' }, 'There is no Pact Broker at'],
    ['is a page that is not there', { status: 404, contentType: 'text/html' }, 'There is no Pact Broker at'],
    ['is another API', { status: 200, body: { _links: {} } }, 'its response is not that of a Pact Broker'],
    ['leads elsewhere', { status: 302 }, 'it responded with 302'],
    [
      'is older',
      { status: 200, body: { _links: { 'pb:pacticipants': {} } } },
      'no link pb:publish-contracts',
    ],
    ['wants credentials', { status: 401 }, 'wants credentials (401). Set PACT_BROKER_TOKEN'],
    [
      'has links to another origin',
      { status: 200, body: index('http://other.example') },
      'lead to http://other',
    ],
  ])('where the broker %s', async (_, answer, reason) => {
    const { url } = await startFakeBroker({ '/': answer });
    const message = await fail(['--pact', makePactRepository().pact], { PACT_BROKER_BASE_URL: url });
    expect(message).toContain(reason);
  });

  it.each<[Record<string, string>, number, string]>([
    [{ PACT_BROKER_TOKEN: secret }, 401, 'does not take the credentials (401). Check PACT_BROKER_TOKEN.'],
    [{ PACT_BROKER_USERNAME: 'ada', PACT_BROKER_PASSWORD: secret }, 401, 'and PACT_BROKER_PASSWORD.'],
    [{ PACT_BROKER_TOKEN: secret }, 403, 'does not allow this with the credentials (403)'],
    [{ PACT_BROKER_TOKEN: `${secret}\n` }, 200, 'has a character that no HTTP header can carry'],
  ])(
    'at credentials that are not taken, without showing them: %j %i',
    async (credentials, status, reason) => {
      const { url } = await startFakeBroker({ '/': { status, body: { error: `not ${secret}` } } });
      const env = { ...credentials, PACT_BROKER_BASE_URL: url };
      const message = await fail(['--pact', makePactRepository().pact], env);
      expect(message).toContain(reason);
      expect(message).not.toContain(secret);
    },
  );

  it('at a missing pact and a folder without any', async () => {
    expect(await fail(['--pact', 'nowhere.json'])).toContain('Cannot read the pact');
    expect(await fail(['--pact', makeTemporaryFolder()])).toContain('Found no .json file in');
  });
});
