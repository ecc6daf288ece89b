import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SetupError } from '../../../scripts/cli/command.ts';
import type { Finding } from '../../../scripts/cli/finding.ts';
import { type Mock, startMock } from '../../../scripts/mock/index.ts';
import { makeSpec } from '../make-documents.ts';
import { runVerify } from '../run-verify.ts';
import { type Entry, record, writeHar, writeText } from './make-har.ts';

let mock: Mock;
let good: Entry[];

// The machine that runs this may be busy with other tests.
const hookTimeoutMs = 60_000;

beforeAll(async () => {
  mock = await startMock();
  const headers = { authorization: 'Bearer sekret-bearer' };
  const body = new URLSearchParams({
    grant_type: 'password',
    username: 'sekret@user.dev',
    password: 'sekret-pass',
  });
  good = [
    await record(mock.url, '/api/token', { method: 'POST', body }),
    await record(mock.url, '/api/auth/media/customer', { headers }),
    await record(mock.url, '/user/login?server=true&t=sekret-one-time&redirectUrl=%2Fuser%2Finvoices'),
    await record(mock.url, '/api/sys/users/exchange?token=sekret-jwt&validForInMinutes=1440', {
      method: 'POST',
    }),
  ];
}, hookTimeoutMs);
afterAll(() => mock.close());

/** An entry of the good traffic, changed. */
function change(index: number, edit: (entry: Entry) => void): Entry {
  const entry = structuredClone(good[index] ?? expect.fail('there is no such entry'));
  edit(entry);
  return entry;
}

describe('verify --har', () => {
  it('finds nothing in traffic as the spec has it, and says which answers it has', async () => {
    const { exitCode, stdout } = await runVerify(['--har', writeHar(good)]);
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split('\n').sort()).toEqual([
      expect.stringMatching(/^4 of \d+ documented answers seen, 0 findings$/),
      'seen exchangeJwt 200',
      'seen getBearerToken 200',
      'seen getMediaToken 200',
      'seen redirectToServerPage 302',
    ]);
  });

  it('finds each way in which traffic breaks the spec, at its entry', async () => {
    const broken = [
      change(1, ({ response }) => {
        response.content.text = '{"jwt":12345}';
      }),
      change(1, ({ response }) => {
        response.status = 418;
      }),
      change(1, ({ response }) => {
        response.headers = [];
        response.content = { size: 6, mimeType: 'text/html; charset=utf-8', text: '<html>' };
      }),
      change(3, ({ request }) => {
        request.url = 'https://a-space.spaces.nexudus.com/api/nowhere';
      }),
      change(3, ({ request }) => {
        request.url = request.url.replace('1440', 'a-day');
        request.queryString = [];
      }),
    ];
    const file = writeHar([...good, ...broken]);
    const { exitCode, stdout } = await runVerify(['--har', file, '--json']);
    const findings = JSON.parse(stdout).findings as Finding[];
    expect(exitCode).toBe(1);
    expect(new Set(findings.map(({ code, at }) => `${code} ${at.file}`))).toEqual(
      new Set([`traffic.breaks-spec ${file}`]),
    );
    expect(findings.map(({ at, message }) => `${at.pointer} ${message}`).sort()).toEqual([
      expect.stringContaining(
        '#/log/entries/4 GET /api/auth/media/customer 200: Response field "jwt" must be string',
      ),
      expect.stringContaining('#/log/entries/5 getMediaToken answered 418, which the spec does not document'),
      expect.stringContaining(
        '#/log/entries/6 getMediaToken answered 200 as text/html, which the spec does not document',
      ),
      expect.stringContaining(
        '#/log/entries/7 POST /api/nowhere 200: Undocumented endpoint: POST /api/nowhere',
      ),
      expect.stringContaining(
        '#/log/entries/8 POST /api/sys/users/exchange 200: Invalid query parameter "validForInMinutes"',
      ),
    ]);
    expect(new Set(findings.map(({ at }) => at.line)).size).toBe(5);
  });

  it('passes over a request that got no answer', async () => {
    const unanswered = change(1, ({ response }) => {
      response.status = 0;
      response.content = { size: 0, mimeType: 'x-unknown', text: '' };
    });
    expect(await runVerify(['--har', writeHar([unanswered])])).toMatchObject({ exitCode: 0 });
  });

  it('finds a request without credentials, unless the whole file has none', async () => {
    const bare = change(1, ({ request }) => {
      request.headers = [];
    });
    const some = await runVerify(['--har', writeHar([...good, bare])]);
    expect(some.stdout).toContain('Request does not satisfy documented OpenAPI security requirements');
    const none = await runVerify(['--har', writeHar([bare])]);
    expect(none).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('credentials are not checked'),
    });
  });

  it('looks only at the requests under --server', async () => {
    const elsewhere = change(1, ({ request, response }) => {
      request.url = 'https://a-space.spaces.nexudus.com.example/api/auth/media/customer';
      response.status = 418;
    });
    const file = writeHar([...good, elsewhere]);
    const server = 'https://a-space.spaces.nexudus.com';
    expect(await runVerify(['--har', file, '--server', `${server}/`])).toMatchObject({ exitCode: 0 });
    expect(await runVerify(['--har', file])).toMatchObject({ exitCode: 1 });
  });

  it('refuses a server that no request is under', async () => {
    const run = runVerify(['--har', writeHar(good), '--server', 'https://elsewhere.example']);
    await expect(run).rejects.toThrow(
      new SetupError(
        '--server: no request is under https://elsewhere.example. The traffic is of https://a-space.spaces.nexudus.com.',
      ),
    );
  });

  it.each([
    ['no JSON', '{"log": "sekret', 'No JSON. Expected a HAR file', undefined],
    ['no HAR', '{"openapi": "3.1.0"}', 'Found no entries in a log.', undefined],
    ['null', 'null', 'Found no entries in a log.', undefined],
    ['no entries', '{"log": {"entries": []}}', 'Found no entries in a log.', undefined],
    [
      'half an entry',
      '{"log": {"entries": [{"request": {"method": "GET", "url": "https://a/"}}]}}',
      'Found an entry that lacks',
      '#/log/entries/0',
    ],
    [
      'no URL',
      '{"log": {"entries": [{"request": {"method": "GET", "url": "a"}, "response": {"status": 200}}]}}',
      'Found an entry that lacks',
      '#/log/entries/0',
    ],
    [
      'an empty method',
      '{"log": {"entries": [{"request": {"method": "", "url": "https://a/"}, "response": {"status": 200}}]}}',
      'Found an entry that lacks',
      '#/log/entries/0',
    ],
    [
      'an entry without a bottom',
      `{"log": {"entries": [${'['.repeat(100_000)}${']'.repeat(100_000)}]}}`,
      'Found more than 500 levels of nesting.',
      undefined,
    ],
  ])('gives %s as a finding', async (_title, text, message, pointer) => {
    const { exitCode, stdout } = await runVerify(['--har', writeText(text), '--json']);
    expect(exitCode).toBe(1);
    const [finding] = JSON.parse(stdout).findings;
    expect(finding).toMatchObject({ code: 'traffic.unreadable', message: expect.stringContaining(message) });
    expect(finding.at.pointer).toBe(pointer);
    expect(stdout).not.toContain('sekret');
  });

  it('gives a spec that is none as a finding', async () => {
    const { exitCode, stdout } = await runVerify(['--har', writeHar(good), '--spec', writeText('{}')]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('spec.unreadable');
  });

  it('says in a sentence why the traffic was not compared', async () => {
    const { file: spec } = await makeSpec({});
    await expect(runVerify(['--har', writeHar(good), '--spec', spec])).rejects.toThrow(
      new SetupError(
        `redocly drift did not compare the traffic: No OpenAPI operations were loaded from: ${spec}`,
      ),
    );
  });

  it('searches a body of any depth', async () => {
    const depth = 100_000;
    const deep = change(1, ({ request, response }) => {
      request.url = 'https://a-space.spaces.nexudus.com/open-sesame';
      response.content.text = `${'['.repeat(depth)}{"token":"open-sesame"}${']'.repeat(depth)}`;
    });
    const { stdout } = await runVerify(['--har', writeHar([deep])]);
    expect(stdout).toContain('Undocumented endpoint: GET /***');
  });

  it('refuses a file that is not there', async () => {
    await expect(runVerify(['--har', 'nowhere.har'])).rejects.toThrow(
      /^Cannot read the traffic nowhere\.har/,
    );
  });

  it('prints no secret of the traffic', async () => {
    const entries = structuredClone(good);
    for (const { request, response } of entries) {
      const { pathname, search } = new URL(request.url);
      request.url = `https://a-space.spaces.nexudus.com${pathname}${search}&sekret-bearer=1`;
      response.headers.push({ name: 'Set-Cookie', value: 'session=sekret-cookie; Path=/' });
      response.content = {
        size: 9,
        mimeType: 'application/json',
        encoding: 'base64',
        text: Buffer.from('{"jwt":7,"access_token":["sekret"],"sekret":1}').toString('base64'),
      };
    }
    const path = 'https://a-space.spaces.nexudus.com/sekret-one-time/sekret-jwt/sekret-pass/sekret-cookie';
    const { exitCode, stdout, stderr } = await runVerify([
      '--har',
      writeHar([...entries, { ...entries[0], request: { ...entries[0]?.request, url: path } }]),
    ]);
    expect(exitCode).toBe(1);
    // What hides nothing could not fail.
    expect(stdout).toContain('Undocumented endpoint: POST /***/***/***/***');
    expect(stdout + stderr).not.toContain('sekret');
  });

  it('prints no value that the spec of --spec calls a secret', async () => {
    const passphrase = { type: 'string', format: 'password' };
    const content = { 'application/json': { schema: { type: 'object', properties: { passphrase } } } };
    const responses = { 200: { description: 'Open.' } };
    const { file: spec } = await makeSpec({ '/doors': { post: { requestBody: { content }, responses } } });
    const opened = change(0, ({ request }) => {
      request.url = 'https://a-shop.example/doors';
      request.postData = { mimeType: 'application/json', text: '{"passphrase":"open-sesame"}' };
    });
    const leaked = change(1, ({ request }) => {
      request.url = 'https://a-shop.example/doors/open-sesame';
    });
    const { stdout } = await runVerify(['--har', writeHar([opened, leaked]), '--spec', spec]);
    expect(stdout).toContain('GET /doors/***');
    expect(stdout).not.toContain('open-sesame');
  });
});
