import { writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SetupError } from '../../../scripts/cli/command.ts';
import { startMock } from '../../../scripts/mock/index.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { runVerify } from '../run-verify.ts';
import { answerWith, serve } from '../serve.ts';
import { env } from './credentials.ts';

const taken = [
  'a customer is signed in',
  'a customer can sign in with a password',
  'the customer has the invoice 1024',
  'a one-time token is issued',
];
const select = (states: readonly string[]) => states.flatMap((state) => ['--state', state]);

interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

async function serveRecording(answer: RequestListener): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const url = await serve(async (request, response) => {
    const body = (await buffer(request)).toString();
    received.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    answer(request, response);
  });
  return { url, received };
}

describe('verify --base-url', () => {
  it('finds nothing where the provider answers as the pact has it', async () => {
    const mock = await startMock();
    onTestFinished(mock.close);
    const run = await runVerify(['--base-url', mock.url, '--allow-writes', ...select(taken)], env);
    expect(run).toMatchObject({ exitCode: 0, stdout: '6 of 8 interactions replayed, 0 findings\n' });
  });

  it('finds what the provider answers in another way, at the interaction', async () => {
    const mock = await startMock();
    onTestFinished(mock.close);
    // The mock takes any token, so that it does not tell an expired one.
    const { exitCode, stdout } = await runVerify([
      '--base-url',
      mock.url,
      ...select(['the bearer token is expired']),
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^contracts\/pacts\/nexudus-portal-nexudus-api\.json:\d+:5 error provider\.breaks-pact: "a request for a media token with an expired bearer token" \(the bearer token is expired\): expected 401 but was 200$/m,
    );
    expect(stdout).toMatch(/^2 of 2 interactions replayed, 2 findings$/m);
  });

  it('puts the credentials into the requests, and changes nothing else in them', async () => {
    const { url, received } = await serveRecording(answerWith(500));
    await runVerify(
      ['--base-url', `${url}/base/`, '--allow-writes', ...select([...taken, 'a session can be refreshed'])],
      env,
    );
    const find = (path: string) => received.filter((request) => request.url.startsWith(path));
    expect(find('/base/api/auth/media/customer')[0]?.headers.authorization).toBe('Bearer sekret-bearer/1');
    expect(find('/base/user/login')[0]?.url).toBe(
      '/base/user/login?redirectUrl=%2Fuser%2Finvoices&server=true&t=sekret-one-time',
    );
    expect(find('/base/api/public')[0]?.url).toBe('/base/api/public/billing/invoices/77/pdf?t=sekret-media');
    const [refresh, signIn] = find('/base/api/token');
    expect(refresh?.headers.client_id).toBe('sekret-client');
    expect(refresh?.body).toBe('grant_type=refresh_token&refresh_token=sekret-refresh');
    expect(signIn?.body).toBe(
      'grant_type=password&username=sekret%40user.dev&password=sekret%20pass%2Bw%26rd',
    );
    expect(signIn?.headers['content-length']).toBe(String(signIn?.body.length));
    expect(signIn?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(received.filter(({ headers }) => 'x-pact-interaction' in headers)).toEqual([]);
  });

  it('says first what it replays, then what it leaves out, by reason, on stderr', async () => {
    const url = await serve(answerWith(401));
    const states = select(['the bearer token is expired', 'a customer is signed in']);
    const { stderr, stdout } = await runVerify(['--base-url', url, ...states]);
    expect(stderr.trimEnd().split('\n')).toEqual([
      `Replaying 2 of 4 interactions on ${url}:`,
      '  "a request for a media token with an expired bearer token" (the bearer token is expired)',
      '  "a request for a one-time token with an expired bearer token" (the bearer token is expired)',
      'Leaving out 2: NEXUDUS_BEARER_TOKEN is not set.',
      '  "a request for a media token" (a customer is signed in)',
      '  "a request for a one-time token" (a customer is signed in)',
    ]);
    expect(stdout).toBe('2 of 4 interactions replayed, 0 findings\n');
  });

  it('prints nothing but the results with --json', async () => {
    const args = ['--json', ...select(['a customer is signed in', 'the bearer token is expired'])];
    const { stdout } = await runVerify(['--base-url', await serve(answerWith(401)), ...args]);
    const state = (name: string, description: string) => ({ description, states: [name] });
    expect(JSON.parse(stdout)).toEqual({
      replayed: [
        state('the bearer token is expired', 'a request for a media token with an expired bearer token'),
        state('the bearer token is expired', 'a request for a one-time token with an expired bearer token'),
      ],
      leftOut: [
        {
          ...state('a customer is signed in', 'a request for a media token'),
          reason: 'NEXUDUS_BEARER_TOKEN is not set',
        },
        {
          ...state('a customer is signed in', 'a request for a one-time token'),
          reason: 'NEXUDUS_BEARER_TOKEN is not set',
        },
      ],
      findings: [],
    });
  });

  it('gives a pact that is none as a finding', async () => {
    const file = join(makeTemporaryFolder(), 'pact.json');
    writeFileSync(file, '{}');
    const { exitCode, stdout } = await runVerify(['--base-url', 'http://127.0.0.1:9', '--pact', file]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('pact.unreadable');
  });

  it('refuses when nothing answers', async () => {
    const run = runVerify(['--base-url', 'http://127.0.0.1:9', ...select(['the bearer token is expired'])]);
    await expect(run).rejects.toThrow(
      new SetupError('http://127.0.0.1:9: no response: connect ECONNREFUSED 127.0.0.1:9. Check --base-url.'),
    );
  });

  it('refuses when nothing is left to replay', async () => {
    const run = runVerify(['--base-url', 'http://127.0.0.1:9', ...select(['a customer is signed in'])]);
    await expect(run).rejects.toThrow(/^Nothing is left to replay/);
  });

  it('refuses a state that no interaction is in, and names those that are', async () => {
    const run = runVerify(['--base-url', 'http://127.0.0.1:9', '--state', 'a customer is asleep']);
    await expect(run).rejects.toThrow(
      /^--state: no interaction is in the state "a customer is asleep"\. The pact names:(\n {2}.+)*\n {2}a customer is signed in\n/,
    );
  });

  describe('with --require', () => {
    const expired = [
      'a request for a media token with an expired bearer token',
      'a request for a one-time token with an expired bearer token',
    ];
    const states = select(['the bearer token is expired', 'a customer is signed in']);
    const require = async (...values: string[]) => {
      const url = await serve(answerWith(401));
      const options = values.flatMap((value) => ['--require', value]);
      return runVerify(['--base-url', url, ...states, ...options]);
    };

    it.each([[['2']], [[`${expired[0]}, ${expired[1]}`]], [[...expired, '1']]])(
      'passes where %j is replayed',
      async (values) => {
        expect(await require(...values)).toMatchObject({
          exitCode: 0,
          stdout: '2 of 4 interactions replayed, 0 findings\n',
        });
      },
    );

    it('fails below a number, and says what can be replayed', async () => {
      const { exitCode, stdout } = await require('3');
      expect(exitCode).toBe(1);
      expect(stdout.split('\n')).toEqual([
        'contract.config.ts error provider.unverified: 2 of 4 interactions were replayed, and --require asks for 3. Set the variables that are missing, or lower the number.',
        '2 of 4 interactions replayed, 1 finding',
        '',
      ]);
    });

    it('fails for each interaction that was left out, at its place, with the reason', async () => {
      const { exitCode, stdout } = await require('a request for a media token', expired[0] ?? '');
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(
        /^contracts\/pacts\/\S+\.json:\d+:5 error provider\.unverified: "a request for a media token" \(a customer is signed in\) is required, and was left out: NEXUDUS_BEARER_TOKEN is not set\.\n2 of 4 interactions replayed, 1 finding\n$/,
      );
    });

    it('fails where nothing is left to replay', async () => {
      const run = await runVerify([
        '--base-url',
        'http://127.0.0.1:9',
        ...select(['a customer is signed in']),
        '--require',
        '1',
      ]);
      expect(run.exitCode).toBe(1);
      expect(run.stdout).toContain('0 of 2 interactions were replayed, and --require asks for 1.');
    });

    it('says nothing of it where the pact cannot be read', async () => {
      const file = join(makeTemporaryFolder(), 'pact.json');
      writeFileSync(file, '{}');
      const args = ['--base-url', 'http://127.0.0.1:9', '--pact', file, '--require', '1'];
      expect((await runVerify(args)).stdout).not.toContain('provider.unverified');
    });

    it('refuses a name that no interaction has', async () => {
      // Before it replays anything: nothing answers there.
      const names = ['--require', 'a request for a media tokn'];
      await expect(runVerify(['--base-url', 'http://127.0.0.1:9', ...states, ...names])).rejects.toThrow(
        /^--require: no interaction is named "a request for a media tokn"\. Did you mean "a request for a media token" or /,
      );
    });

    it.each([
      [['0'], '--require is 0, expected one number of at least 1.'],
      [['1', '2'], '--require is 1 and 2, expected one number of at least 1.'],
    ])('refuses %j', async (values, message) => {
      await expect(require(...values)).rejects.toThrow(new SetupError(message));
    });
  });
});
