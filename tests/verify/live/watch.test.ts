import { describe, expect, it, onTestFinished } from 'vitest';
import { startMock } from '../../../scripts/mock/index.ts';
import { type FakeGitHub, serveGitHub } from '../../github/fake-github.ts';
import { runVerify, type VerifyRun } from '../run-verify.ts';
import { answerWith, serve } from '../serve.ts';
import { env } from './credentials.ts';

const states = ['a customer is signed in', 'the customer has the invoice 1024'];

const watch = (baseUrl: string, github: FakeGitHub, ...args: string[]): Promise<VerifyRun> =>
  runVerify(
    ['--base-url', baseUrl, ...states.flatMap((state) => ['--state', state]), '--github-issue', ...args],
    { ...env, ...github.env },
  );

describe('verify --github-issue', () => {
  it('opens an issue when the provider breaks the contract, and closes it when it keeps it again', async () => {
    const mock = await startMock();
    onTestFinished(mock.close);
    const github = await serveGitHub();
    const right = await watch(mock.url, github);
    expect(right.exitCode).toBe(0);
    expect(github.issues).toEqual([]);

    mock.force({ operationId: 'getMediaToken', status: 401, times: 'always' });
    const wrong = await watch(mock.url, github);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stderr).toContain('The issue at GitHub is up to date.');
    expect(github.issues).toMatchObject([
      { title: 'nexudus-api no longer keeps the contract', state: 'open' },
    ]);
    const [{ body } = { body: '' }] = github.issues;
    expect(body).toContain('4 of 4 interactions replayed, 1 finding');
    expect(body).toMatch(/^- `provider\.breaks-pact` `"a request for a media token" .+`$/m);
    expect(body).toContain('[The run](https://github.example/shop/web/actions/runs/7)');

    mock.reset();
    expect((await watch(mock.url, github)).exitCode).toBe(0);
    expect(github.issues).toMatchObject([
      { state: 'closed', said: [expect.stringContaining('`nexudus-api` responds as ')] },
    ]);
  });

  it('says in the title where nobody knows, because too little was replayed', async () => {
    const github = await serveGitHub();
    const url = await serve(answerWith(401));
    const args = [
      '--base-url',
      url,
      '--state',
      'the bearer token is expired',
      '--require',
      '9',
      '--github-issue',
    ];
    expect((await runVerify(args, github.env)).exitCode).toBe(1);
    expect(github.issues).toMatchObject([{ title: 'The contract with nexudus-api is not verified' }]);
  });

  it('writes no secret into an issue, and nothing that mentions somebody', async () => {
    const github = await serveGitHub();
    const url = await serve((request, response) => {
      const { authorization = '' } = request.headers;
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: `@everyone ${authorization} ${request.url} \`\`\` <img>` }));
    });
    await watch(url, github);
    const [{ body } = { body: '' }] = github.issues;
    expect(body).toContain('provider.breaks-pact');
    expect(body).not.toContain('sekret');
    expect(body.replaceAll(/(`+) ?[^\n]*?[^`]\1(?!`)/g, '')).not.toMatch(/@everyone|<img/);
  });

  it('leaves GitHub alone where the provider does not respond at all', async () => {
    const github = await serveGitHub();
    await expect(watch('http://127.0.0.1:9', github)).rejects.toThrow(/Check --base-url/);
    expect(github.requests).toEqual([]);
  });

  it('exits alike where the issue cannot be written', async () => {
    const github = await serveGitHub({ refuses: 403 });
    const { exitCode, stderr } = await watch(await serve(answerWith(500)), github);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('needs the permission `issues: write`');
  });
});
