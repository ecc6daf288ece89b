import { writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SetupError } from '../../../scripts/command.ts';
import { startMock } from '../../../scripts/mock/index.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { runVerify } from '../run-verify.ts';
import { answerWith, serve } from '../serve.ts';

const env = {
  NEXUDUS_BEARER_TOKEN: 'sekret-bearer/1',
  NEXUDUS_USERNAME: 'sekret@user.dev',
  NEXUDUS_PASSWORD: 'sekret pass+w&rd',
  NEXUDUS_CLIENT_ID: 'sekret-client',
  NEXUDUS_REFRESH_TOKEN: 'sekret-refresh',
  NEXUDUS_MEDIA_TOKEN: 'sekret-media',
  NEXUDUS_INVOICE_ID: '77',
  NEXUDUS_ONE_TIME_TOKEN: 'sekret-one-time',
  NEXUDUS_ONE_TIME_JWT: 'sekret-jwt',
};
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
    const run = await runVerify(['--base-url', mock.url, ...select(taken)], env);
    expect(run).toMatchObject({ exitCode: 0, stdout: '6 interactions replayed, 2 left out, 0 findings\n' });
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
    expect(stdout).toMatch(/^2 interactions replayed, 0 left out, 2 findings$/m);
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

  it('lists what it leaves out, and why, on stderr', async () => {
    const { stderr } = await runVerify(['--base-url', await serve(answerWith(401))]);
    expect(stderr).toContain(
      'left out: "a request for a media token" (a customer is signed in): NEXUDUS_BEARER_TOKEN is not set.\n',
    );
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
      new SetupError(
        'http://127.0.0.1:9 gives no answer: connect ECONNREFUSED 127.0.0.1:9. Check --base-url.',
      ),
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
});

describe('secrets', () => {
  const { NEXUDUS_INVOICE_ID: _, ...secrets } = env;
  const password = env.NEXUDUS_PASSWORD;
  const forms = [
    ...Object.values(secrets),
    encodeURIComponent(password),
    new URLSearchParams({ password }).toString().slice('password='.length),
    Buffer.from(password).toString('base64'),
    encodeURIComponent(env.NEXUDUS_BEARER_TOKEN),
    'sekret-of-the-answer',
  ];

  function expectNone(printed: string): void {
    expect(forms.filter((form) => printed.includes(form))).toEqual([]);
    expect(printed).not.toMatch(/sekret/i);
  }

  // It quotes all that it was sent, wherever Pact quotes what it was answered.
  const quoting: RequestListener = (request, response) => {
    const echo = JSON.stringify([request.url, request.headers, forms]);
    const answer = {
      error: echo,
      Status: echo,
      WasSuccessful: echo,
      Message: echo,
      token_type: echo,
      expires_in: echo,
    };
    const token = 'sekret-of-the-answer';
    const body = {
      ...answer,
      access_token: 5,
      Value: [token],
      jwt: null,
      refresh_token: token,
      error_description: token,
    };
    const headers = {
      'content-type': 'application/json',
      location: `/elsewhere?t=${token}&echo=${encodeURIComponent(echo)}`,
    };
    response.writeHead(418, headers).end(JSON.stringify(body));
  };

  it.each([[[]], [['--json']]])(
    'are in nothing that is printed when everything fails, with %j',
    async (args) => {
      const run = await runVerify(['--base-url', await serve(quoting), '--allow-writes', ...args], env);
      expect(run.exitCode).toBe(1);
      // What hides nothing could not fail.
      expect(run.stdout).toContain('***');
      expectNone(run.stdout + run.stderr);
    },
  );

  it('are in nothing that is printed when the answers are text', async () => {
    const url = await serve((request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.end(`${request.headers.authorization} token=sekret-of-the-answer ${forms.join(' ')}`);
    });
    const run = await runVerify(['--base-url', url, '--allow-writes'], env);
    expect(run.exitCode).toBe(1);
    expectNone(run.stdout + run.stderr);
  });

  it('are in no error, even where an option holds one', async () => {
    const args = ['--base-url', 'http://127.0.0.1:9', '--state', env.NEXUDUS_REFRESH_TOKEN];
    const error = await runVerify(args, env).catch(String);
    expect(error).toContain('no interaction is in the state "***"');
    expectNone(String(error));
  });

  it('are in no error of a header that cannot be sent', async () => {
    const broken = { ...env, NEXUDUS_BEARER_TOKEN: 'sekret\nbearer' };
    const states = select(['a customer is signed in']);
    const error = await runVerify(['--base-url', 'http://127.0.0.1:9', ...states], broken).catch(String);
    expect(error).toContain('Invalid character in header content');
    expectNone(String(error));
  });

  it.each([
    ['http://example.com', /^--base-url is http:\/\/example\.com, expected https/],
    ['http://127.0.0.1.example.com', /expected https/],
    ['https://sekret:sekret@example.com', /^--base-url holds more than a host and a path/],
    ['https://example.com/?token=sekret', /^--base-url holds more than a host and a path/],
    ['sekret', /^--base-url is no URL/],
    ['ftp://sekret', /^--base-url is no URL/],
  ])('are not sent to %s', async (url, message) => {
    const error = await runVerify(['--base-url', url], env).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(SetupError);
    expect((error as Error).message).toMatch(message);
    expectNone((error as Error).message);
  });
});
