import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { makePactRepository } from '../pact-repository.ts';
import { type Hook, openProxy, pass, refuse } from './proxy.ts';
import { obstacle, useBroker } from './real-broker.ts';
import { makeShop, type Shop } from './shop.ts';

const isSkipped = obstacle !== undefined || process.env.PACT_BROKER_BASE_URL !== undefined;
// Others on this machine may run the same test.
const secret = `correct-horse-${randomUUID()}`;
const broker = useBroker({
  PACT_BROKER_BASIC_AUTH_ENABLED: 'true',
  PACT_BROKER_BASIC_AUTH_USERNAME: 'ada',
  PACT_BROKER_BASIC_AUTH_PASSWORD: secret,
  PACT_BROKER_BASIC_AUTH_READ_ONLY_USERNAME: 'guest',
  PACT_BROKER_BASIC_AUTH_READ_ONLY_PASSWORD: 'only-for-reading',
});
const openOwnProxy = (hook: Hook, ...settings: [tls?: { cert: string; key: string }, forwards?: boolean]) =>
  openProxy({ url: broker.url, authorization: `Basic ${btoa(`ada:${secret}`)}` }, hook, ...settings);
const ada = { PACT_BROKER_USERNAME: 'ada', PACT_BROKER_PASSWORD: secret };

describe.skipIf(isSkipped)('a real broker with basic auth', () => {
  it('takes the user name and the password', async () => {
    const { web, publish } = makeShop(broker.url, ada);
    expect((await publish(web, '1', 'name')).exitCode).toBe(0);
  });

  it.each([
    [
      'a wrong password',
      { ...ada, PACT_BROKER_PASSWORD: 'wrong-password' },
      'does not take the credentials (401)',
    ],
    ['a token instead', { PACT_BROKER_TOKEN: 'wrong-password' }, 'Check PACT_BROKER_TOKEN.'],
    ['no credentials', {}, 'wants credentials (401)'],
  ])('ends with 2 at %s, in each command', async (_, env, reason) => {
    const shop = makeShop(broker.url, env);
    const to = ['--pacticipant', shop.web, '--version', '1', '--to', 'production'];
    const results = [
      await shop.publish(shop.web, '1', 'name'),
      await shop.run('can-i-deploy', ...to),
      await shop.run('record-deployment', ...to),
      await shop.check('s1', shop.writeSpec('name')),
    ];
    for (const { exitCode, stdout, stderr } of results) {
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain(reason);
      expect(stderr).not.toContain('wrong-password');
    }
  });

  it('lets somebody who may only read ask, and not publish', async () => {
    const guest = { PACT_BROKER_USERNAME: 'guest', PACT_BROKER_PASSWORD: 'only-for-reading' };
    const [writer, reader] = [makeShop(broker.url, ada), makeShop(broker.url, guest)];
    await writer.publish(writer.web, '1', 'name');
    const to = ['--pacticipant', writer.web, '--version', '1', '--to', 'production'];
    expect((await reader.run('can-i-deploy', ...to)).stdout).toContain('unknown: There is no verified pact');
    const { exitCode, stderr } = await reader.publish(reader.web, '1', 'name');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD');
    expect(stderr).not.toContain('only-for-reading');
  });
});

function answerHtml(_: IncomingMessage, response: ServerResponse): boolean {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Sign in</title>');
  return false;
}

describe.skipIf(isSkipped)('a proxy in front of a real broker', () => {
  it('takes a token, and another one not', async () => {
    const { port } = await openOwnProxy(({ headers }, response) => {
      const isRight = headers.authorization === `Bearer ${secret}`;
      return isRight || refuse(response, 401);
    });
    const right = makeShop(`http://127.0.0.1:${port}`, { PACT_BROKER_TOKEN: secret });
    expect((await right.publish(right.web, '1', 'name')).exitCode).toBe(0);
    const wrong = makeShop(`http://127.0.0.1:${port}`, { PACT_BROKER_TOKEN: 'another-token' });
    const { exitCode, stderr } = await wrong.publish(wrong.web, '1', 'name');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('does not take the credentials (401). Check PACT_BROKER_TOKEN.');
    expect(stderr).not.toContain('another-token');
  });

  it.each<[string, Hook, string]>([
    [
      'answers with a page of its own',
      answerHtml,
      'responded with 200 and text/html, expected application/hal+json',
    ],
    ['is too slow', () => new Promise(() => {}), 'did not respond within 1 s'],
    ['has no broker behind it', (_, response) => refuse(response, 502), 'failed with 502'],
    ['cuts the connection', (_, response) => refuse(response.destroy(), 0), 'Cannot reach the broker'],
    [
      'answers in the middle with a page of its own',
      (incoming, response) => incoming.url === '/' || answerHtml(incoming, response),
      'responded with 200 and text/html',
    ],
  ])('ends with 2 where it %s', async (_, hook, reason) => {
    const { port } = await openOwnProxy(hook);
    const { web, publish } = makeShop(`http://127.0.0.1:${port}`, { PACT_BROKER_TOKEN: secret });
    const { exitCode, stdout, stderr } = await publish(web, '1', 'name', '--timeout', '1');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain(secret);
  });

  it('is asked again where it fails for a moment', async () => {
    let failures = 2;
    const { port } = await openOwnProxy((_, response) => {
      failures -= 1;
      return failures < 0 || refuse(response, 503);
    });
    const { web, publish } = makeShop(`http://127.0.0.1:${port}`, { PACT_BROKER_HTTP_RETRIES: '2' });
    expect((await publish(web, '1', 'name')).exitCode).toBe(0);
  });
});

interface Ended {
  exitCode: number | null;
  output: string;
}

/** Runs `publish` in a process of its own, since Node.js reads its certificates as it starts. */
async function runPublish(shop: Shop, base: string, env: Record<string, string>, watch = (_: number) => {}) {
  const args = ['publish', '--pact', shop.writePact(shop.web, 'name'), '--version', '1', '--branch', 'main'];
  return runCli(args, { ...env, PACT_BROKER_BASE_URL: base }, watch);
}

async function runCli(
  args: string[],
  env: Record<string, string>,
  watch = (_: number) => {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['scripts/cli.ts', ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PACT_BROKER_HTTP_RETRIES: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timer = setInterval(() => watch(child.pid ?? 0), 20);
  const end = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), end]);
  clearInterval(timer);
  return { exitCode: child.exitCode, output: stdout + stderr };
}

describe.skipIf(isSkipped)('a real broker behind TLS, with a certificate of its own', () => {
  const makeCertificate = () => {
    const folder = makeTemporaryFolder();
    const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1'];
    const args = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      keyFile,
      '-out',
      file,
      ...subject,
    ];
    execFileSync('openssl', args, { stdio: 'pipe' });
    return { file, cert: readFileSync(file, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  };

  it('is trusted with NODE_EXTRA_CA_CERTS, and with nothing else', async () => {
    const { file, ...tls } = makeCertificate();
    const base = `https://127.0.0.1:${(await openOwnProxy(pass, tls)).port}`;
    const shop = makeShop(base);
    expect(await runPublish(shop, base, { NODE_EXTRA_CA_CERTS: file })).toMatchObject({ exitCode: 0 });
    const { exitCode, output } = await runPublish(shop, base, {});
    expect(exitCode).toBe(2);
    expect(output).toMatch(/Cannot reach the broker at .*self-signed certificate.* Set NODE_EXTRA_CA_CERTS/);
  });

  it('has to know its own URL', async () => {
    const { file, ...tls } = makeCertificate();
    const { port } = await openOwnProxy(pass, tls, false);
    const base = `https://127.0.0.1:${port}`;
    const { exitCode, output } = await runPublish(makeShop(base), base, { NODE_EXTRA_CA_CERTS: file });
    expect(exitCode).toBe(2);
    expect(output).toContain(`The broker's links lead to http://127.0.0.1:${port}, and PACT_BROKER_BASE_URL`);
    expect(output).toContain('X-Forwarded-Proto');
  });
});

describe.skipIf(isSkipped || process.platform !== 'linux')('the credentials of a broker', () => {
  it('are in no command line, and in no environment of a process that a command starts', async () => {
    const shop = makeShop(broker.url, ada);
    await shop.publish(shop.web, '1', 'name');
    const started = new Set<string>();
    const leaks: string[] = [];
    const watch = (own: number): void => {
      for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== own)) {
        const command = readProcess(id, 'cmdline');
        // Until it runs its own program, a new process is a copy of the one that starts it.
        const isCopy = command === readProcess(String(own), 'cmdline');
        const isStarted = !isCopy && readProcess(id, 'stat').split(' ')[3] === String(own);
        const environment = isStarted ? readProcess(id, 'environ') : '';
        started.add(isStarted ? command : '');
        leaks.push(...(command.includes(secret) || environment.includes(secret) ? [command] : []));
      }
    };
    const { write, git, folder } = makePactRepository();
    const spec = write('openapi.json', readFileSync(shop.writeSpec('name'), 'utf8'));
    git('add', '.');
    git('commit', '--quiet', '--message=spec');
    // Git is too quick to be watched: this one keeps its environment.
    const program = join(folder, '.git', 'git');
    writeFileSync(program, `#!/bin/sh\nenv >> '${program}.log'\nPATH='${process.env.PATH}' exec git "$@"\n`);
    chmodSync(program, 0o755);
    const env = { ...ada, PACT_BROKER_BASE_URL: broker.url, PATH: `${folder}/.git:${process.env.PATH}` };
    const args = ['check', '--pact-broker', '--publish', '--spec', spec];
    const { exitCode, output } = await runCli(args, env, watch);
    expect([exitCode, leaks]).toEqual([0, []]);
    expect([...started].some((command) => command.includes('verify-worker'))).toBe(true);
    const ofGit = readFileSync(`${program}.log`, 'utf8');
    expect(ofGit).toContain('PACT_BROKER_BASE_URL=');
    expect(ofGit).not.toContain(secret);
    expect(output).not.toContain(secret);
  });
});

function readProcess(id: string, name: string): string {
  try {
    return readFileSync(`/proc/${id}/${name}`, 'utf8');
  } catch {
    // It has ended.
    return '';
  }
}
