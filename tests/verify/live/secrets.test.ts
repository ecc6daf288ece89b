import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { SetupError } from '../../../scripts/cli/command.ts';
import { runVerify } from '../run-verify.ts';
import { serve } from '../serve.ts';
import { env } from './credentials.ts';

const select = (states: readonly string[]) => states.flatMap((state) => ['--state', state]);

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
    ['sekret', /^--base-url is not a URL/],
    ['ftp://sekret', /^--base-url is not a URL/],
  ])('are not sent to %s', async (url, message) => {
    const error = await runVerify(['--base-url', url], env).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(SetupError);
    expect((error as Error).message).toMatch(message);
    expectNone((error as Error).message);
  });
});
