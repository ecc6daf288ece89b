import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../scripts/check/command.ts';
import type { Finding } from '../../scripts/cli/finding.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

interface Report {
  findings: Finding[];
  gates: { name: string; verdict: string; findings: Finding[]; problem?: string }[];
}

async function check(...args: string[]): Promise<{ exitCode: number; report: Report }> {
  const printed: string[] = [];
  const context = { stdout: (line: string) => printed.push(line), stderr: () => {}, env: {} };
  const exitCode = await command.run(['--json', ...args], context);
  return { exitCode, report: JSON.parse(printed.join('\n')) };
}

function write(name: string, document: object): string {
  const file = join(makeTemporaryFolder(), name);
  writeFileSync(file, JSON.stringify(document));
  return file;
}

const writePact = (interactions: unknown[], provider = 'nexudus-api', version = '3.0.0'): string =>
  write('pact.json', {
    consumer: { name: 'shop' },
    provider: { name: provider },
    interactions,
    metadata: { pactSpecification: { version } },
  });

const mediaToken = (description: string, request: object = {}, response: object = {}) => ({
  description,
  providerStates: [{ name: 'a customer is signed in' }],
  request: {
    method: 'GET',
    path: '/api/auth/media/customer',
    headers: { Authorization: 'Bearer access-token-1' },
    ...request,
  },
  response: { status: 200, ...response },
});

/** One that every gate has something to say about. */
const bad = mediaToken('bad', { headers: { 'X-Unknown': '1' } }, { status: 418 });

describe('an interaction that cannot be checked', () => {
  it.each([
    [
      'a request header outside Latin-1',
      { request: { 'X-Name': 'Łukasz' } },
      'the request header "x-name": "Łukasz"',
    ],
    [
      'a response header outside Latin-1',
      { response: { 'X-Name': 'Łukasz' } },
      'the response header "x-name": "Łukasz"',
    ],
    ['a header name with a blank', { request: { 'X Name': 'x' } }, 'the request header "x name": "x"'],
    [
      'a header name with a blank and no value',
      { request: { 'X Name': [] } },
      'the request header "x name": ',
    ],
    ['an empty header name', { response: { '': 'x' } }, 'the response header "": "x"'],
    [
      'a header with a line break',
      { request: { 'X-Name': 'x\r\ny' } },
      'the request header "x-name": "x\\r\\ny"',
    ],
  ] as [string, { request?: object; response?: object }, string][])(
    'is found by its place, and all others are checked: %s',
    async (_title, { request, response }, named) => {
      const odd = mediaToken(
        'odd',
        request && { headers: { Authorization: 'Bearer access-token-1', ...request } },
        response && { headers: response },
      );
      const { exitCode, report } = await check('--pact', writePact([odd, bad]));
      const [ofSpec] = report.gates;
      expect(exitCode).toBe(1);
      expect(ofSpec?.findings[0]).toMatchObject({
        code: 'pact.unchecked',
        message: `"odd" cannot be checked: no HTTP message can carry ${named}.`,
        at: { pointer: '#/interactions/0' },
      });
      for (const { findings } of report.gates) {
        expect(findings.filter(({ at }) => at.pointer?.startsWith('#/interactions/1'))).not.toEqual([]);
      }
    },
  );

  it('is found where a regular expression never ends, which the finding names', async () => {
    const patterns = ['^x{40,60}z$', '^(x+x+)+y$|^xz$'];
    const rule = { combine: 'AND', matchers: patterns.map((regex) => ({ match: 'regex', regex })) };
    const hanging = mediaToken('hanging', { matchingRules: { header: { Authorization: rule } } });
    const { exitCode, report } = await check('--pact', writePact([hanging, bad]), '--only', 'pact-rules');
    expect(exitCode).toBe(1);
    expect(report.gates[0]?.findings.slice(0, 2)).toMatchObject([
      {
        code: 'pact.unchecked',
        message:
          '"hanging" cannot be checked: the check did not end within 5 s. ' +
          `Simplify its regular expressions: "^x{40,60}z$", "^(x+x+)+y$|^xz$".`,
        at: { pointer: '#/interactions/0' },
      },
      { code: 'pact.wrong-credentials', at: { pointer: '#/interactions/1/request/headers/Authorization' } },
    ]);
  });
});

describe('a gate that never ends', () => {
  // The gates and the mock try the expression on the header of a request.
  const spec = {
    openapi: '3.1.0',
    info: { title: 'Items', version: '1.0.0' },
    paths: {
      '/items': {
        get: {
          operationId: 'listItems',
          parameters: [
            {
              name: 'X-Code',
              in: 'header',
              required: true,
              schema: { type: 'string', pattern: '^(x+x+)+y$' },
            },
          ],
          responses: { 200: { description: 'Items.' } },
        },
      },
    },
  };
  const interaction = (description: string, code: string, status: number) => ({
    description,
    request: { method: 'GET', path: '/items', headers: { 'X-Code': code } },
    response: { status },
  });

  it('is broken and ended; the others are reported, and the files are written', async () => {
    const folder = makeTemporaryFolder();
    const junit = join(folder, 'junit.xml');
    const hanging = interaction('hanging', 'x'.repeat(40), 200);
    const specFile = join(folder, 'openapi.json');
    writeFileSync(specFile, JSON.stringify(spec));
    mkdirSync(join(folder, 'pacts'));
    copyFileSync(
      writePact([hanging, interaction('bad', 'xxy', 418)], 'items'),
      join(folder, 'pacts/pact.json'),
    );
    // It lets the others end, and then leaves its thread no more.
    const endless = `({ run: async () => { await new Promise((done) => setTimeout(done, 9000)); for (;;); } })`;
    const own = `[{ name: 'endless', subject: 'time', standard: 'patience', load: async () => ${endless} }]`;
    const configFile = join(folder, 'contract.config.mjs');
    writeFileSync(
      configFile,
      `export default { spec: 'openapi.json', pacts: 'pacts', gates: { own: ${own} } };`,
    );
    const only = 'pact-against-spec,pact-rules,pact-against-mock,endless';
    const options = ['--config', configFile, '--only', only, '--timeout', '20', '--junit', junit];
    const { exitCode, report } = await check(...options);
    expect(exitCode).toBe(2);
    expect(report.gates.map(({ name, verdict, problem }) => [name, verdict, problem])).toEqual([
      ['pact-against-spec', 'failed', undefined],
      ['pact-rules', 'failed', undefined],
      ['pact-against-mock', 'failed', undefined],
      ['endless', 'broken', 'The gate did not end within 20 s. Allow more time with --timeout.'],
    ]);
    const [ofSpec, ofRules] = report.gates;
    expect(ofSpec?.findings.map(({ code, at }) => [code, at.pointer?.slice(0, 16)])).toEqual([
      ['pact.unchecked', '#/interactions/0'],
      ['pact.breaks-spec', '#/interactions/1'],
    ]);
    expect(ofRules?.findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('A regular expression of the spec backtracks too much on its values.'),
    ]);
    expect(readFileSync(junit, 'utf8')).toContain('errors="1"');
  }, 120_000);

  it.each(['0', '-1', 'soon'])('has a time limit that is no number: %j', async (timeout) => {
    await expect(check(`--timeout=${timeout}`)).rejects.toThrow(
      `--timeout is "${timeout}", expected a number of seconds, such as 300.`,
    );
  });
});
