import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startProxy } from '../../../scripts/mock/index.ts';
import { createNexudusAuthClient } from '../../../src/index.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { runVerify } from '../../verify/run-verify.ts';
import { answerJson, openProxy, type ProxiedServer } from './open-proxy.ts';

const session = {
  access_token: 'sekret-access-1',
  token_type: 'bearer',
  expires_in: 86400,
  refresh_token: 'sekret-refresh-1',
};
const envelope = { WasSuccessful: true, Value: 'sekret-one-time', Status: 200, Message: null, Errors: null };

/** Opens a proxy that records, to a server with one answer for each path. */
async function openRecording(
  answers: Record<string, Parameters<typeof openProxy>[0]>,
): Promise<ProxiedServer & { file: string; save: () => Promise<string> }> {
  const file = join(makeTemporaryFolder(), 'new-folder', 'traffic.har');
  const server = await openProxy(
    (response, received) => {
      const answer =
        answers[received.target.split('?')[0] ?? ''] ?? ((missing) => missing.writeHead(404).end());
      answer(response, received);
    },
    { recordFile: file },
  );
  const save = async (): Promise<string> => {
    await server.proxy.close();
    return readFileSync(file, 'utf8');
  };
  return { ...server, file, save };
}

function readEntries(text: string): { request: Recorded; response: Recorded }[] {
  return JSON.parse(text).log.entries;
}

interface Recorded {
  url: string;
  postData: { text: string };
  content: { text: string };
  headers: { name: string; value: string }[];
}

describe('a recording', () => {
  test('holds to the spec by verify, though no secret is left in it', async () => {
    const { proxy, upstreamUrl, file, lines, save } = await openRecording({
      '/api/token': (response, { body }) =>
        body.toString().includes('totp')
          ? response
              .writeHead(200, {
                'content-type': 'application/json',
                'set-cookie': ['sid=sekret-cookie; Path=/', 'a=sekret-2'],
              })
              .end(JSON.stringify(session))
          : answerJson({ error: 'must_reset_password', error_description: 'sekret-reset' }, 400)(response),
      '/api/sys/users/token/refresh': answerJson(envelope),
      '/api/auth/media/customer': answerJson({ jwt: 'eyJsekret.sekret.sekret' }),
      '/api/sys/users/exchange': (response) => response.writeHead(401).end(),
      '/user/login': (response) => response.writeHead(302, { location: '/user?t=sekret-one-time' }).end(),
      '/api/public/billing/invoices/1024/pdf': (response) =>
        response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.4 sekret'),
    });
    const client = createNexudusAuthClient({ baseUrl: proxy.url });
    const grant = {
      grant_type: 'password',
      username: 'ada.sekret@lovelace.dev',
      password: 'password',
    } as const;
    await client.getBearerToken({ body: grant });
    await client.getBearerToken({
      body: { ...grant, totp: '492039' },
      header: { client_id: 'ada.sekret@lovelace.dev' },
    });
    await client.getOneTimeToken({ bearerToken: session.access_token });
    await client.getMediaToken({ bearerToken: session.access_token });
    await client.exchangeJwt({ query: { token: 'sekret-jwt', validForInMinutes: 1440 } });
    const browser = { redirect: 'manual', headers: { cookie: 'sid=sekret-cookie; b=sekret-3' } } as const;
    await fetch(`${proxy.url}/user/login?server=true&t=sekret-one-time&redirectUrl=%2Fuser`, browser);
    await fetch(`${proxy.url}/api/public/billing/invoices/1024/pdf?t=eyJsekret.sekret.sekret`);
    const text = await save();
    expect(text).not.toMatch(/sekret|lovelace|492039/);
    // The password is a word of the spec, too.
    expect(text).toContain('grant_type=password&username=***-1@masked.example&password=***-2');
    expect(lines).toEqual([`Recorded 7 requests in ${file}.`]);
    const { exitCode, stdout } = await runVerify(['--har', file, '--server', upstreamUrl]);
    expect(stdout.trimEnd().split('\n').sort()).toEqual([
      expect.stringMatching(/^7 of \d+ documented answers seen, 0 findings$/),
      'seen downloadInvoicePdf 200',
      'seen exchangeJwt 401',
      'seen getBearerToken 200',
      'seen getBearerToken 400',
      'seen getMediaToken 200',
      'seen getOneTimeToken 200',
      'seen redirectToServerPage 302',
    ]);
    expect(exitCode).toBe(0);
  });

  test('shows one secret as one stand-in, so that the flow can be followed', async () => {
    const { proxy, save } = await openRecording({
      '/api/token': answerJson(session),
      '/api/sys/users/token/refresh': answerJson(envelope),
      '/user/login': (response) => response.writeHead(302, { location: '/user?t=sekret-one-time' }).end(),
    });
    const client = createNexudusAuthClient({ baseUrl: proxy.url });
    await client.getBearerToken({
      body: { grant_type: 'password', username: 'a@b.dev', password: 'sekret' },
    });
    await client.getOneTimeToken({ bearerToken: session.access_token });
    await fetch(`${proxy.url}/user/login?t=sekret-one-time`, { redirect: 'manual' });
    const [signIn, oneTime, login] = readEntries(await save());
    expect(signIn?.request.postData.text).toBe(
      'grant_type=password&username=***-1@masked.example&password=***-2',
    );
    const { access_token: bearerToken } = JSON.parse(signIn?.response.content.text ?? '');
    expect(bearerToken).toBe('***-3');
    expect(oneTime?.request.headers).toContainEqual({
      name: 'Authorization',
      value: `Bearer ${bearerToken}`,
    });
    const { Value: token } = JSON.parse(oneTime?.response.content.text ?? '');
    expect(login?.request.url).toContain(`/user/login?t=${token}`);
    expect(login?.response.headers).toContainEqual({ name: 'location', value: `/user?t=${token}` });
  });

  test('hides a secret in places where it is not to be expected, also before it is known', async () => {
    const { proxy, save } = await openRecording({
      '/api/token': answerJson({ ...session, access_token: 'sekret/a+b c' }),
      '/odd': (response) =>
        response
          .writeHead(200, {
            'content-type': 'application/json',
            location: '/login?next=%2Fx%3Ft%3Dsekret%252Fa%252Bb%2520c#access_token=other-sekret',
            'x-debug': `for ${Buffer.from('sekret/a+b c').toString('base64')} and hunter22`,
          })
          .end(
            JSON.stringify({
              'sekret/a+b c': 1,
              list: [{ deep: 'said "sekret/a+b c".' }, { log: '{"password":"inner-sekret"}' }],
              NewPassword: ['sekret-in-list'],
              link: 'https://a.example/x?token=%73ekret-in-link',
              shown: 'Bearer sekret-of-sixteen-and-more',
              pin: 492039,
              text: 'the inner-sekret, the sekret-in-list, the other-sekret',
            }),
          ),
    });
    const odd = `${proxy.url}/odd/%73ekret%2Fa%2Bb%20c/x?redirectUrl=/x?t=a%20sekret%26more&q=sekret%2fa%2bb+c`;
    await fetch(odd, { headers: { referer: '/user?t=sekret%20referer', 'x-api-key': 'sekret-key' } });
    await fetch(`${proxy.url}/odd`, { headers: { authorization: `Basic ${btoa('ada:hunter22')}` } });
    const body = "grant_type=password&username=a@b.dev&totp=492039&password=it's;sekret?x#y";
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await fetch(`${proxy.url}/api/token`, { method: 'POST', body, headers });
    const text = await save();
    expect(text).not.toMatch(/sekret|hunter22|492039|c2Vrc|it's/);
    expect(decodeURIComponent(decodeURIComponent(readEntries(text)[0]?.request.url ?? ''))).not.toContain(
      'sekret',
    );
    // What hides all could not fail.
    expect(text).toMatch(/the \*{3}-\d+, the \*{3}-\d+, the \*{3}-\d+/);
    expect(text).toContain('grant_type=password&username=***-');
  });

  test('shows what broke the spec, in spite of the stand-ins', async () => {
    const { proxy, upstreamUrl, file, save } = await openRecording({
      '/api/auth/media/customer': answerJson({ jwt: 12345 }),
      '/api/token': answerJson({ ...session, access_token: '' }),
    });
    await fetch(`${proxy.url}/api/auth/media/customer`, {
      headers: { authorization: 'Bearer sekret-bearer' },
    });
    const body = new URLSearchParams({
      grant_type: 'password',
      username: 'ada',
      password: 'sekret',
      totp: '49203',
    });
    await fetch(`${proxy.url}/api/token`, { method: 'POST', body });
    const [, signIn] = readEntries(await save());
    expect(signIn?.request.postData.text).toMatch(/username=\*\*\*-\d&password=\*\*\*-\d&totp=\d{5}$/);
    const { exitCode, stdout } = await runVerify(['--har', file, '--server', upstreamUrl]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Response field "jwt" must be string');
    expect(stdout).toContain('POST /api/token 200: Response schema mismatch at "access_token"');
  });

  test('has the server and its path, not the proxy, in its URLs', async () => {
    const file = join(makeTemporaryFolder(), 'traffic.har');
    const { proxy, upstreamUrl } = await openProxy(answerJson({ jwt: 'sekret' }), {
      basePath: '/base',
      recordFile: file,
    });
    await fetch(`${proxy.url}/api/auth/media/customer`, { headers: { authorization: 'Bearer sekret' } });
    await proxy.close();
    const text = readFileSync(file, 'utf8');
    expect(readEntries(text)[0]?.request.url).toBe(`${upstreamUrl}/base/api/auth/media/customer`);
    expect(text).not.toContain(new URL(proxy.url).host);
    expect(await runVerify(['--har', file, '--server', `${upstreamUrl}/base`])).toMatchObject({
      exitCode: 0,
    });
  });
});

describe('a recording is', () => {
  test('not written where nothing was asked, and an earlier one stays', async () => {
    const file = join(makeTemporaryFolder(), 'traffic.har');
    writeFileSync(file, 'earlier');
    const { proxy, lines } = await openProxy(answerJson({}), { recordFile: file });
    await fetch(`${proxy.url}/__mock__/health`);
    await proxy.close();
    await proxy.close();
    expect(readFileSync(file, 'utf8')).toBe('earlier');
    expect(lines).toEqual([`Nothing to record: ${file} is not written.`]);
  });

  test('without what got no answer', async () => {
    const { proxy, file, lines } = await openRecording({ '/x': (response) => response.destroy() });
    expect((await fetch(`${proxy.url}/x`)).status).toBe(502);
    await proxy.close();
    expect(existsSync(file)).toBe(false);
    expect(lines).toHaveLength(1);
  });

  test('refused at the start where it could not be written', async () => {
    const folder = makeTemporaryFolder();
    const record = (recordFile: string) => openProxy(answerJson({}), { recordFile });
    await expect(record(folder)).rejects.toThrow(
      `Cannot record in ${folder}: EISDIR: it is a folder, expected a file.`,
    );
    writeFileSync(join(folder, 'file'), '');
    await expect(record(join(folder, 'file', 'traffic.har'))).rejects.toThrow('Cannot record in');
  });

  test('written through a symbolic link', async () => {
    const folder = makeTemporaryFolder();
    const [file, link] = [join(folder, 'traffic.har'), join(folder, 'link.har')];
    symlinkSync(file, link);
    const { proxy } = await openProxy(answerJson({}), { recordFile: link });
    await fetch(`${proxy.url}/x`);
    await proxy.close();
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readEntries(readFileSync(file, 'utf8'))).toHaveLength(1);
  });

  test('told of where it cannot be written in the end', async () => {
    const file = join(makeTemporaryFolder(), 'traffic.har');
    const { upstreamUrl } = await openProxy(answerJson({}));
    const proxy = await startProxy({ target: upstreamUrl, recordFile: file });
    await fetch(`${proxy.url}/x`);
    mkdirSync(file);
    const closed = proxy.close();
    await expect(closed).rejects.toThrow(`Cannot record in ${file}`);
    await expect(fetch(`${proxy.url}/x`)).rejects.toThrow('fetch failed');
  });
});
