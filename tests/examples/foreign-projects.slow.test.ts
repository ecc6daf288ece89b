import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { serve } from '../verify/serve.ts';

interface Ending {
  status: number;
  output: string;
}

/** Copies a project, so that a test may change it, with what the repository has installed. */
function copyProject(name: string): string {
  const folder = join(makeTemporaryFolder(), 'examples', name);
  mkdirSync(folder, { recursive: true });
  cpSync(`examples/${name}`, folder, {
    recursive: true,
    filter: (path) => !/\/(?:node_modules|reports)$/.test(path),
  });
  mkdirSync(join(folder, 'node_modules'));
  for (const one of ['@pact-foundation', '@types', 'openapi-contract-kit', 'typescript', 'vitest']) {
    symlinkSync(resolve('node_modules', one), join(folder, 'node_modules', one));
  }
  return folder;
}

function runKit(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ending> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [resolve('scripts/cli.ts'), ...args],
      { cwd: folder, env: { ...process.env, ...env } },
      (error, stdout, stderr) => {
        done({ status: error === null ? 0 : Number(error.code), output: stdout + stderr });
      },
    );
  });
}

describe.each([
  { name: 'petstore', pact: 'pet-shop-swagger-petstore.json', field: '"petId"', goal: 90 },
  { name: 'twilio-oauth', pact: 'sign-in-page-twilio-oauth.json', field: '"access_token"', goal: 90 },
])('examples/$name, a contract of a document that somebody else owns,', ({ name, pact, field, goal }) => {
  it('passes its check', async () => {
    const { status, output } = await runKit(copyProject(name), ['check']);
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    expect(output).toMatch(/^\d+ gates passed, 0 failed/m);
  }, 300_000);

  it('fails its check when its pact is another one', async () => {
    const folder = copyProject(name);
    const file = join(folder, 'contracts/pacts', pact);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(field, '"other"'));
    const { status, output } = await runKit(folder, ['check', '--only', 'pact-fresh,pact-against-spec']);
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringMatching(/FAILED {2}pact-fresh/),
    });
  }, 300_000);

  it('finds the mutants of a sample', async () => {
    const { output } = await runKit(copyProject(name), ['mutate', '--sample', '40', '--goal', '0']);
    const [, share = output] = /^both: ([\d.]+) % of \d+ mutants found/m.exec(output) ?? [];
    expect(Number(share)).toBeGreaterThanOrEqual(goal);
  }, 600_000);
});

/** Answers GET requests of paths with JSON, and whoever lacks a header of this value with 401. */
function answerTo(
  header: string,
  credential: string,
  answers: Readonly<Record<string, unknown>>,
): RequestListener {
  return ({ url = '', headers }, response) => {
    const [path = ''] = url.split('?');
    const answer = answers[path];
    const status = headers[header] !== credential ? 401 : answer === undefined ? 404 : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 200 ? JSON.stringify(answer) : undefined);
  };
}

describe('verify --base-url, in a project of a foreign document', () => {
  const pet = { id: 25, name: 'Rex', photoUrls: ['https://example.com/rex.png'], status: 'sold' };
  const user = { user_sid: 'US0123456789abcdef0123456789abcdef', email: 'grace@example.com' };

  it('sends the API key of the environment, in the states that the config names', async () => {
    const answers = { '/pet/25': pet, '/store/inventory': { sold: 1 } };
    const url = await serve(answerTo('api_key', 'sekret-key', answers));
    const states = ['--state', 'there is no pet 404'];
    const env = { SWAGGER_PETSTORE_API_KEY: 'sekret-key' };
    const right = await runKit(copyProject('petstore'), ['verify', '--base-url', url, ...states], env);
    expect(right).toMatchObject({
      status: 0,
      output: expect.stringMatching(/^1 of \d+ interactions? replayed/m),
    });
    const wrong = await runKit(copyProject('petstore'), ['verify', '--base-url', url, ...states], {
      SWAGGER_PETSTORE_API_KEY: 'sekret-other',
    });
    expect(wrong).toMatchObject({ status: 1, output: expect.stringMatching(/expected 404 but was 401/) });
    expect(wrong.output).not.toMatch('sekret');
  }, 120_000);

  it('sends user and password of the environment, and finds what the provider breaks', async () => {
    const credential = `Basic ${Buffer.from('AC1:sekret').toString('base64')}`;
    const answers = {
      '/v1/userinfo': user,
      '/v1/certs': { keys: [{ kid: 'key-9', kty: 'RSA' }] },
      '/v1/.well-known/openid-configuration': { issuer: 'https://oauth.example' },
    };
    const url = await serve(answerTo('authorization', credential, answers));
    const env = { TWILIO_OAUTH_ACCOUNT_SID_AUTH_TOKEN: 'AC1:sekret' };
    const { status, output } = await runKit(copyProject('twilio-oauth'), ['verify', '--base-url', url], env);
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringMatching(
        /provider\.breaks-pact: "a call to FetchOpenidDiscovery that gets 200: OK"/,
      ),
    });
    expect(output).not.toMatch(/breaks-pact: "a call to Fetch(?:UserInfo|Certs)/);
    expect(output).not.toMatch(/sekret|QUMxOnNla3JldA/);
  }, 120_000);
});
