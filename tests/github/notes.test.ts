import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepComment, keepIssue, type Watch } from '../../scripts/github/notes.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { type FakeGitHub, serveGitHub } from './fake-github.ts';

const upToDate = (what: string): string => `The ${what} at GitHub is up to date.`;

async function comment(
  { env }: Pick<FakeGitHub, 'env'>,
  text: string,
  { isNews = true, key = ['shop'] } = {},
): Promise<string> {
  const lines: string[] = [];
  await keepComment({ key, text }, isNews, { env, stderr: (line) => lines.push(line) });
  return lines.join('\n');
}

describe('keepComment', () => {
  it('writes one comment, and then updates it in place', async () => {
    const github = await serveGitHub();
    expect(await comment(github, 'two findings')).toBe(upToDate('comment'));
    expect(await comment(github, 'one finding')).toBe(upToDate('comment'));
    expect(github.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^<!-- contract-kit [0-9a-f]{16} -->\none finding$/),
    ]);
  });

  it('keeps a comment for each check', async () => {
    const github = await serveGitHub();
    await comment(github, 'of the web shop', { key: ['web'] });
    await comment(github, 'of the app', { key: ['app'] });
    await comment(github, 'of the app, again', { key: ['app'] });
    expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual([
      'of the web shop',
      'of the app, again',
    ]);
  });

  it('finds its comment on a later page', async () => {
    const github = await serveGitHub();
    for (const name of ['1', '2', '3', '4', 'shop']) {
      await comment(github, name, { key: [name] });
    }
    await comment(github, 'again');
    expect(github.comments).toHaveLength(5);
    expect(github.comments[4]?.body).toContain('again');
  });

  it.each([undefined, 'ada'])('leaves the comments of others alone, with a token of %s', async (login) => {
    const github = await serveGitHub(login === undefined ? {} : { login });
    await comment(github, 'ours');
    const [ours] = github.comments;
    const forged = { ...ours, id: 1, body: `${ours?.body}`, user: { login: 'mallory', type: 'User' } };
    github.comments.splice(0, 1, forged as (typeof github.comments)[0]);
    await comment(github, 'ours, again');
    expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual(['ours', 'ours, again']);
  });

  it('writes nothing new where there is nothing to say, but brings up to date what is there', async () => {
    const github = await serveGitHub();
    expect(await comment(github, 'clean', { isNews: false })).toBe(
      'No comment at GitHub: there is nothing to say.',
    );
    expect(github.comments).toEqual([]);
    await comment(github, 'a finding');
    await comment(github, 'clean', { isNews: false });
    expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual(['clean']);
  });

  it.each([403, 404])('says which permission is missing where GitHub answers %i', async (refuses) => {
    const github = await serveGitHub({ refuses });
    expect(await comment(github, 'a finding')).toBe(
      `No comment at GitHub: GitHub answers ${refuses} to POST /repos/shop/web/issues/12/comments: Resource not accessible by integration. The job needs the permission \`pull-requests: write\`, which a pull request from a fork never has.`,
    );
  });

  it('says nothing of permissions for another failure', async () => {
    const github = await serveGitHub({ refuses: 500 });
    expect(await comment(github, 'a finding')).toMatch(/: GitHub answers 500 to POST .+ integration\.$/);
  });

  it.each([
    ['GITHUB_TOKEN', 'GITHUB_TOKEN is not set'],
    ['GITHUB_REPOSITORY', 'GITHUB_REPOSITORY is not set'],
  ])('says that %s is missing, and sends nothing', async (name, reason) => {
    const { env, requests } = await serveGitHub();
    expect(await comment({ env: { ...env, [name]: '' } }, 'a finding')).toBe(
      `No comment at GitHub: ${reason}.`,
    );
    expect(requests).toEqual([]);
  });

  it('says so where the job runs for no pull request', async () => {
    const { env } = await serveGitHub();
    const event = join(makeTemporaryFolder(), 'event.json');
    writeFileSync(event, '{"ref": "refs/heads/main"}');
    expect(await comment({ env: { ...env, GITHUB_EVENT_PATH: event } }, 'a finding')).toBe(
      'No comment at GitHub: the job does not run for a pull request.',
    );
  });

  it('fails nothing where GitHub is out of reach, and never prints the token', async () => {
    const { env } = await serveGitHub();
    const said = await comment({ env: { ...env, GITHUB_API_URL: 'http://127.0.0.1:9' } }, 'a finding');
    expect(said).toMatch(/^No comment at GitHub: .+\.$/);
    expect(said).not.toContain('sekret');
  });

  it('cuts what is longer than GitHub takes, at the end of a line', async () => {
    const github = await serveGitHub();
    await comment(github, 'a line of a comment\n'.repeat(10_000));
    const [{ body } = { body: '' }] = github.comments;
    expect(body.length).toBeLessThan(65_536);
    expect(body).toMatch(/\na line of a comment\n\n… \(cut off\)$/);
  });
});

const broken: Watch = {
  key: ['shop'],
  title: 'the shop no longer keeps the contract',
  text: 'It returns 500.',
  isBroken: true,
  state: 'provider.breaks-pact #/interactions/0',
};
const kept: Watch = { ...broken, text: 'All is well.', isBroken: false, state: '' };

async function watch({ env }: FakeGitHub, ...watches: Watch[]): Promise<string[]> {
  const lines: string[] = [];
  for (const one of watches) {
    await keepIssue(one, { env, stderr: (line) => lines.push(line) });
  }
  return lines;
}

describe('keepIssue', () => {
  it('opens one issue, with a label by which it is found', async () => {
    const github = await serveGitHub();
    expect(await watch(github, broken)).toEqual([upToDate('issue')]);
    expect(github.issues).toMatchObject([
      {
        title: broken.title,
        body: expect.stringMatching(/^<!-- contract-kit \w+ -->\n<!-- state \w+ -->\nIt returns 500\.$/),
        labels: ['contract-watch'],
        state: 'open',
        said: [],
      },
    ]);
  });

  it('updates it while the same is broken, and notifies nobody', async () => {
    const github = await serveGitHub();
    await watch(github, broken, { ...broken, text: 'It returns 500, today.' });
    expect(github.issues).toMatchObject([
      { body: expect.stringContaining('500, today.'), state: 'open', said: [] },
    ]);
  });

  it('says so in a comment when something else breaks', async () => {
    const github = await serveGitHub();
    await watch(github, broken, { ...broken, text: 'It returns 404.', state: 'another' });
    expect(github.issues).toMatchObject([{ state: 'open', said: ['It returns 404.'] }]);
  });

  it('closes it with a comment when all is well, once', async () => {
    const github = await serveGitHub();
    const lines = await watch(github, broken, kept, kept);
    expect(github.issues).toMatchObject([{ state: 'closed', said: ['All is well.'] }]);
    expect(lines.at(-1)).toBe('No issue at GitHub: there is nothing to say.');
  });

  it('opens it again when the same breaks again', async () => {
    const github = await serveGitHub();
    await watch(github, broken, kept, broken);
    expect(github.issues).toMatchObject([{ state: 'open', said: ['All is well.', 'It returns 500.'] }]);
  });

  it('leaves an issue closed that somebody has closed, until something else breaks', async () => {
    const github = await serveGitHub();
    await watch(github, broken);
    Object.assign(github.issues[0] ?? {}, { state: 'closed' });
    expect(await watch(github, broken)).toEqual([
      'No issue at GitHub: somebody has closed #101, and nothing else has broken since.',
    ]);
    expect(github.issues).toMatchObject([{ state: 'closed' }]);
    await watch(github, { ...broken, state: 'another' });
    expect(github.issues).toMatchObject([{ state: 'open' }]);
  });

  it('writes nothing where all is well and nothing was broken', async () => {
    const github = await serveGitHub();
    await watch(github, kept);
    expect(github.issues).toEqual([]);
  });

  it('keeps an issue for each contract', async () => {
    const github = await serveGitHub();
    await watch(github, broken, { ...broken, key: ['bank'] }, { ...kept, key: ['bank'] });
    expect(github.issues.map(({ state }) => state)).toEqual(['open', 'closed']);
  });

  it('says which permission is missing', async () => {
    expect(await watch(await serveGitHub({ refuses: 403 }), broken)).toEqual([
      expect.stringMatching(/needs the permission `issues: write`/),
    ]);
  });
});
