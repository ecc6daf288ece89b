import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { probeServer } from '../../scripts/check/gates/mock-against-spec.ts';
import { mockAgainstSpec, specLint } from '../../scripts/check/gates.ts';
import { listInvalidValues, listProbes } from '../../scripts/check/probes/probes.ts';
import { contextWithSpec } from './changed-spec.ts';

/** A server that gives every request the same status. */
async function serve(status: number): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the mock-against-spec gate', () => {
  it('finds nothing in the mock', async () => {
    expect(await mockAgainstSpec.run(await contextWithSpec())).toEqual([]);
  });

  it('makes a value up for an example that breaks its schema, which is for spec-lint to find', async () => {
    const context = await contextWithSpec('value: 1440', 'value: a day');
    expect(await mockAgainstSpec.run(context)).toEqual([]);
    expect(await specLint.run(context)).toMatchObject([
      { code: 'spec.lint', at: { line: expect.any(Number) } },
    ]);
  });

  it('finds nothing in a document without operations, as one of webhooks', async () => {
    const context = await contextWithSpec();
    const document = { ...context.spec.document, paths: {} };
    const mock = () => Promise.reject(new Error('There is nothing to serve.'));
    expect(await mockAgainstSpec.run({ ...context, spec: { ...context.spec, document }, mock })).toEqual([]);
  });

  it.each([200, 302])('finds that a server takes every invalid request with a %i', async (status) => {
    const { spec } = await contextWithSpec();
    const taken = (await probeServer(await serve(status), spec)).filter(
      ({ code }) => code === 'mock.takes-invalid',
    );
    expect(taken).toHaveLength(listProbes(spec.document).length);
  });

  it('finds that a server refuses every valid request', async () => {
    const { spec } = await contextWithSpec();
    const findings = await probeServer(await serve(400), spec);
    expect(findings.map(({ code, message }) => `${code} ${message.split(':')[0]}`)).toEqual([
      ...Array(3).fill('mock.refuses-valid getBearerToken'),
      'mock.refuses-valid getOneTimeToken',
      'mock.refuses-valid exchangeJwt',
      'mock.refuses-valid getMediaToken',
      'mock.refuses-valid redirectToServerPage',
      'mock.refuses-valid redirectToPortal',
      'mock.refuses-valid downloadInvoicePdf',
    ]);
  });
});

describe('listProbes', () => {
  it.each([
    'getBearerToken: form field grant_type is missing',
    'getBearerToken: form field grant_type is another constant',
    'getBearerToken: form field username is not an e-mail address',
    'getBearerToken: form field totp does not match the pattern',
    'getBearerToken: form field refresh_token is too short',
    'getBearerToken: the form is sent as JSON',
    'getOneTimeToken: the credentials are missing',
    'exchangeJwt: query parameter token is missing',
    'exchangeJwt: query parameter validForInMinutes is not of type number',
    'redirectToServerPage: query parameter server is another constant',
    'redirectToPortal: query parameter redirectUrl does not match the pattern',
    'downloadInvoicePdf: path parameter invoiceId is not of type integer',
  ])('breaks the spec in one place: %s', async (title) => {
    const { spec } = await contextWithSpec();
    expect(listProbes(spec.document).map((probe) => probe.title)).toContain(title);
  });

  it('asks for nothing that the spec lets pass', async () => {
    const { spec } = await contextWithSpec();
    const titles = listProbes(spec.document).map((probe) => probe.title);
    expect(
      titles.filter((title) =>
        /totp is missing|client_id|redirectToPortal.*redirectUrl is missing/.test(title),
      ),
    ).toEqual([]);
  });
});

describe('listInvalidValues', () => {
  it.each([
    [{ type: 'string' }, []],
    [{ type: 'integer' }, ['x']],
    [{ type: 'boolean', const: true }, ['x', 'false']],
    [{ type: 'string', const: 'password' }, ['password-x']],
    [{ type: 'string', enum: ['a', 'b'] }, ['a-b']],
    [{ type: 'string', pattern: '^[0-9]{6}$' }, ['x']],
    [{ type: 'string', pattern: '^.*$' }, []],
    [{ type: 'string', minLength: 2, maxLength: 3 }, ['x', 'xxxx']],
    [{ type: 'string', format: 'email' }, ['x']],
  ])('breaks each keyword of %j', (schema, values) => {
    expect(listInvalidValues(schema).map(({ value }) => value)).toEqual(values);
  });
});

describe('the conditions of answers', () => {
  const findingsWith = async (found: string, replacement: string) =>
    mockAgainstSpec.run(await contextWithSpec(found, replacement));

  it.each([
    [
      'a field that the operation does not have',
      'query: { token: used-jwt }',
      'query: { jwt: used-jwt, token: null }',
      'exchangeJwt 401',
    ],
    [
      'an earlier condition that is met as well',
      'body: { refresh_token: spent-refresh-token }',
      'body: { password: wrong-password }',
      'getBearerToken 400 refresh_token_spent',
    ],
  ])('find %s', async (_title, found, replacement, answer) => {
    expect(await findingsWith(found, replacement)).toMatchObject([
      {
        code: 'mock.ignores-condition',
        message: expect.stringContaining(
          `${answer}: a request that meets its x-match gets another response (`,
        ),
        at: { line: expect.any(Number) },
      },
    ]);
  });
});
