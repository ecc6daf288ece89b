import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SetupError } from '../../scripts/cli/command.ts';
import { command } from '../../scripts/mock/command.ts';
import { startMock } from '../../scripts/mock/index.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

function makeCertificate() {
  const folder = makeTemporaryFolder();
  const files = { certificate: join(folder, 'cert.pem'), privateKey: join(folder, 'key.pem') };
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    files.privateKey,
  ];
  execFileSync('openssl', ['req', '-x509', ...key, '-out', files.certificate, '-days', '2', ...subject], {
    stdio: 'pipe',
  });
  return files;
}

describe('a mock with a certificate', () => {
  it('answers over HTTPS', async () => {
    const tls = makeCertificate();
    await using mock = await startMock({ tls });
    expect(mock.url).toMatch(/^https:/);
    const status = await new Promise((resolve, reject) => {
      const request = get(
        `${mock.url}/__mock__/health`,
        { ca: readFileSync(tls.certificate) },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      request.on('error', reject);
    });
    expect(status).toBe(200);
  });

  it('cuts a connection off that stays silent, as over HTTP', async () => {
    await using mock = await startMock({ tls: makeCertificate(), requestTimeoutMs: 200 });
    const { hostname, port } = new URL(mock.url);
    const socket = connect(Number(port), hostname).resume();
    await once(socket, 'close', { signal: AbortSignal.timeout(5000) });
  });

  it('closes within moments, though a handshake is not finished', async () => {
    const mock = await startMock({ tls: makeCertificate() });
    const { hostname, port } = new URL(mock.url);
    const socket = connect(Number(port), hostname).on('error', () => {});
    await once(socket, 'ready');
    const startMs = performance.now();
    await mock.close();
    expect(performance.now() - startMs).toBeLessThan(1000);
  });

  it('refuses files that are none, and says what was expected', async () => {
    const { certificate } = makeCertificate();
    const start = startMock({ tls: { certificate, privateKey: certificate } });
    await expect(start).rejects.toThrow(SetupError);
    await expect(start).rejects.toThrow(/Expected a certificate and its private key, in PEM\.$/);
  });

  it('wants both files', async () => {
    const context = { stdout: () => {}, stderr: () => {}, env: {} };
    await expect(command.run(['--cert', 'cert.pem'], context)).rejects.toThrow(
      '--cert and --key belong together',
    );
  });
});
