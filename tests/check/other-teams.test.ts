import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../scripts/check/command.ts';
import { SetupError } from '../../scripts/cli/command.ts';
import type { Finding } from '../../scripts/cli/finding.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const mediaToken = {
  description: 'a request for a media token',
  providerState: 'a customer is signed in',
  request: {
    method: 'GET',
    path: '/api/auth/media/customer',
    headers: { Authorization: 'Bearer access-token-1' },
  },
  response: {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: { jwt: 'media-token-1' },
  },
};

const rule = { combine: 'AND', matchers: [{ match: 'regex', regex: '^.+$' }] };
const { providerState, ...stateless } = mediaToken;

/** The same interaction, as each version of Pact writes it. */
const versions = {
  '2.0.0': {
    ...mediaToken,
    response: { ...mediaToken.response, matchingRules: { '$.body.jwt': { match: 'regex', regex: '^.+$' } } },
  },
  '3.0.0': {
    ...stateless,
    providerStates: [{ name: providerState }],
    response: { ...mediaToken.response, matchingRules: { body: { '$.jwt': rule } } },
  },
  '4.0': {
    ...stateless,
    type: 'Synchronous/HTTP',
    providerStates: [{ name: providerState }],
    request: { ...mediaToken.request, headers: { Authorization: ['Bearer access-token-1'] } },
    response: {
      status: 200,
      headers: { 'Content-Type': ['application/json'] },
      body: { content: { jwt: 'media-token-1' }, contentType: 'application/json', encoded: false },
      matchingRules: { body: { '$.jwt': rule } },
    },
  },
};

function writePact(
  interactions: unknown[],
  { provider = 'nexudus-api', version = '3.0.0', name = 'pact.json' } = {},
): string {
  const file = join(makeTemporaryFolder(), name);
  const metadata = { pactSpecification: { version } };
  writeFileSync(
    file,
    JSON.stringify({ consumer: { name: 'shop' }, provider: { name: provider }, interactions, metadata }),
  );
  return file;
}

interface Report {
  findings: Finding[];
  gates: { name: string; findings: Finding[] }[];
}

async function checkSpec(...args: string[]): Promise<{ exitCode: number; report: Report; stderr: string }> {
  const printed: string[] = [];
  const told: string[] = [];
  const context = {
    stdout: (line: string) => printed.push(line),
    stderr: (line: string) => told.push(line),
    env: {},
  };
  const exitCode = await command.run(['--json', ...args], context);
  return { exitCode, report: JSON.parse(printed.join('\n')), stderr: told.join('\n') };
}

async function check(...args: string[]): Promise<{ exitCode: number; findings: Finding[] }> {
  const { exitCode, report } = await checkSpec(...args);
  return { exitCode, findings: [...report.findings, ...report.gates.flatMap(({ findings }) => findings)] };
}

describe('check --pact', () => {
  it.each(Object.entries(versions))(
    'holds a good pact of version %s, with no other file',
    async (version, interaction) => {
      expect(await check('--pact', writePact([interaction], { version }))).toEqual({
        exitCode: 0,
        findings: [],
      });
    },
  );

  it('takes an interaction without a state, where an example of its status meets it', async () => {
    const { providerStates: _, ...interaction } = versions['3.0.0'];
    expect(await check('--pact', writePact([interaction]))).toEqual({ exitCode: 0, findings: [] });
  });

  it.each(Object.entries(versions))(
    'finds what is wrong in a pact of version %s',
    async (version, interaction) => {
      const broken = { ...interaction, request: { ...interaction.request, path: '/api/auth/media' } };
      const { exitCode, findings } = await check('--pact', writePact([broken], { version }));
      expect(exitCode).toBe(1);
      expect(findings.map(({ code }) => code)).toContain('pact.breaks-spec');
    },
  );

  it('holds every pact of a folder', async () => {
    const folder = makeTemporaryFolder();
    for (const name of ['one.json', 'two.json']) {
      const text = JSON.stringify({
        consumer: { name },
        provider: { name: 'nexudus-api' },
        interactions: [{ ...mediaToken, response: { status: 418 } }],
      });
      writeFileSync(join(folder, name), text);
    }
    const { findings } = await check('--pact', folder, '--only', 'pact-against-spec');
    expect(findings.map(({ at }) => at.file)).toEqual([join(folder, 'one.json'), join(folder, 'two.json')]);
  });

  it('finds a pact that was made with another provider', async () => {
    const { exitCode, findings } = await check('--pact', writePact([mediaToken], { provider: 'billing' }));
    expect(exitCode).toBe(1);
    expect(findings).toMatchObject([
      {
        code: 'pact.other-provider',
        message: expect.stringContaining('the provider "billing", expected "nexudus-api"'),
        at: { pointer: '#/provider/name' },
      },
    ]);
  });

  it('finds that a file is no pact', async () => {
    const file = join(makeTemporaryFolder(), 'pact.json');
    writeFileSync(file, '{');
    expect(await check('--pact', file)).toMatchObject({
      exitCode: 1,
      findings: [{ code: 'pact.unreadable', at: { file } }],
    });
  });

  it.each([
    ['no interaction', []],
    ['messages only', [{ type: 'Asynchronous/Messages', description: 'an order was placed' }]],
  ])('finds a pact that there is nothing to check in: it has %s', async (_title, interactions) => {
    const { exitCode, findings } = await check('--pact', writePact(interactions, { version: '4.0' }));
    expect(exitCode).toBe(1);
    expect(findings).toMatchObject([{ code: 'pact.empty', at: { pointer: '#/interactions' } }]);
  });

  it('advises a consumer to name a pact, not to write the one of this toolkit', async () => {
    await expect(check('--pact', 'nope')).rejects.toThrow(
      /^Cannot read the pact nope: ENOENT.* Name a Pact file, or a folder of them\.$/,
    );
  });

  it('refuses a folder without pacts, and a file that is not there', async () => {
    const folder = join(makeTemporaryFolder(), 'empty');
    mkdirSync(folder);
    await expect(check('--pact', folder)).rejects.toThrow(SetupError);
    await expect(check('--pact', join(folder, 'pact.json'))).rejects.toThrow(SetupError);
  });
});

const otherSpec = `openapi: 3.0.3
info: { title: Shop, version: 1.0.0 }
paths:
  /items/{id}:
    get:
      operationId: getItem
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
      responses:
        "200":
          description: An item.
          content:
            application/json:
              schema:
                type: object
                required: [id]
                properties: { id: { type: integer }, name: { type: string, nullable: true } }
              example: { id: 7, name: null }
`;

const item = (body: object) => ({
  description: 'a request for an item',
  providerState: 'there is an item',
  request: { method: 'GET', path: '/items/7' },
  response: {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body,
    matchingRules: { '$.body': { match: 'type' } },
  },
});

const writeSpec = (text = otherSpec): string => {
  const file = join(makeTemporaryFolder(), 'openapi.yaml');
  writeFileSync(file, text);
  return file;
};

describe('check --spec, without a pact', () => {
  it('runs the gates that check any spec by itself, and says why no others', async () => {
    const spec = writeSpec();
    const { report, stderr } = await checkSpec('--spec', spec);
    expect(report.gates.map(({ name }) => name)).toEqual(['spec-lint', 'mock-against-spec']);
    expect(stderr).toContain(`apply to ${spec}: the other gates check a contract against the spec`);
  });

  it('runs all gates on the own spec, named by its path', async () => {
    const { report, stderr } = await checkSpec(
      '--spec',
      'openapi/nexudus-auth.yaml',
      '--only',
      'package-version',
    );
    expect(report.gates).toMatchObject([{ name: 'package-version', findings: [] }]);
    expect(stderr).not.toContain('apply to');
  });
});

describe('check --pact --spec', () => {
  const version = '2.0.0';

  it("holds a pact against another API's spec, whose states nobody knows", async () => {
    const pact = writePact([item({ id: 7 })], { provider: 'shop-api', version });
    expect(await check('--pact', pact, '--spec', writeSpec())).toEqual({ exitCode: 0, findings: [] });
  });

  it('knows that a nullable value of OpenAPI 3.0 can be null', async () => {
    const spec = writeSpec(otherSpec.replace('required: [id]', 'required: [id, name]'));
    const nothing = writePact([item({ id: 7, name: null })], { provider: 'shop-api', version });
    const gates = ['--only', 'pact-rules,pact-against-spec'];
    const { findings: ofNull } = await check('--pact', nothing, '--spec', spec, ...gates);
    expect(ofNull).toMatchObject([{ message: expect.stringContaining('matching rule for name rejects ""') }]);
    const text = writePact([item({ id: 7, name: 'x' })], { provider: 'shop-api', version });
    const { findings: ofText } = await check('--pact', text, '--spec', spec, ...gates);
    expect(ofText).toMatchObject([
      { message: expect.stringContaining('matching rule for name rejects null') },
    ]);
  });

  it('knows the bounds of OpenAPI 3.0 that are flags', async () => {
    const bound = '{ type: integer, minimum: 7, exclusiveMinimum: true }';
    const spec = writeSpec(otherSpec.replace('schema: { type: integer }', `schema: ${bound}`));
    const pact = writePact([item({ id: 7 })], { provider: 'shop-api', version });
    const { findings } = await check('--pact', pact, '--spec', spec, '--only', 'pact-rules');
    expect(findings).toMatchObject([
      { code: 'pact.sends-invalid', message: expect.stringContaining('it must be > 7') },
    ]);
  });

  it('finds what that pact relies on and that spec does not promise', async () => {
    const pact = writePact([item({ id: 7, colour: 'x' })], { provider: 'shop-api', version });
    const { exitCode, findings } = await check('--pact', pact, '--spec', writeSpec());
    expect(exitCode).toBe(1);
    expect(findings.map(({ code }) => code)).toContain('pact.expects-too-much');
  });

  it('warns of what that pact relies on and a consumer cannot change, and fails on it where that is asked for', async () => {
    const pact = writePact([item({ id: 7, name: 'x' })], { provider: 'shop-api', version });
    const args = ['--pact', pact, '--spec', writeSpec(), '--only', 'pact-rules'];
    const { exitCode, findings } = await check(...args);
    expect(exitCode).toBe(0);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['pact.relies-on-optional', 'warning'],
      ['pact.relies-on-optional', 'warning'],
    ]);
    expect((await check(...args, '--fail-on', 'warning')).exitCode).toBe(1);
    await expect(check(...args, '--fail-on', 'nothing')).rejects.toThrow(SetupError);
  });

  it('holds the provider of a pact to a name only where one is given', async () => {
    const pact = writePact([item({ id: 7, name: null })], { provider: 'shop-of-others', version });
    const args = ['--pact', pact, '--spec', writeSpec(), '--only', 'pact-against-spec'];
    expect((await check(...args)).findings).toEqual([]);
    expect((await check(...args, '--provider', 'shop-of-others')).findings).toEqual([]);
    expect((await check(...args, '--provider', 'shop')).findings).toMatchObject([
      { code: 'pact.other-provider', message: expect.stringContaining('expected "shop"') },
    ]);
  });

  it.each([
    [
      'a $ref that leads nowhere',
      otherSpec.replace('{ type: integer } }', '{ $ref: "#/components/schemas/Id" } }'),
      8,
    ],
    ['no YAML', 'openapi: [', 1],
    ['another format', 'swagger: "1.2"\n', 1],
  ])('finds %s in that spec, with its line', async (_title, text, line) => {
    const { exitCode, findings } = await check(
      '--pact',
      writePact([item({ id: 7 })], { version }),
      '--spec',
      writeSpec(text),
    );
    expect(exitCode).toBe(1);
    expect(findings[0]).toMatchObject({ code: 'spec.unreadable', at: { line } });
  });
});

const partialSpec = `openapi: 3.1.0
info: { title: Reports, version: 1.0.0 }
servers: [{ url: 'https://api.example/base/{stage}' }]
paths:
  /v{version}/reports/{id}.pdf:
    get:
      operationId: getReport
      security: []
      parameters:
        - { name: version, in: path, required: true, schema: { type: integer } }
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        "200":
          description: A report.
          content:
            application/json:
              schema: { type: object, required: [id], properties: { id: { type: string } } }
              example: { id: a }
  /v{version}/reports/{name}:
    get:
      operationId: getAnything
      security: []
      parameters:
        - { name: version, in: path, required: true, schema: { type: integer } }
        - { name: name, in: path, required: true, schema: { type: string } }
      responses: { "204": { description: Nothing. } }
`;

describe('a path that is a template in part, below a base path or not', () => {
  const report = (path: string, body: object = { id: 'a' }) => ({
    description: `a request for ${path}`,
    request: { method: 'GET', path },
    response: { status: 200, headers: { 'Content-Type': 'application/json' }, body },
  });
  const checkReports = async (...interactions: object[]) => {
    const rules = { '$.body': { match: 'type' } };
    const typed = interactions.map((one) => {
      const { response } = one as { response: object };
      return { ...one, response: { ...response, matchingRules: rules } };
    });
    const pact = writePact(typed, { provider: 'reports-api', version: '2.0.0' });
    return check('--pact', pact, '--spec', writeSpec(partialSpec));
  };

  it.each(['/v1/reports/a.pdf', '/base/live/v1/reports/a.pdf', '/v%31/reports/%61.pdf'])(
    'holds on %s',
    async (path) => {
      expect((await checkReports(report(path))).findings).toEqual([]);
    },
  );

  it('is checked for what a consumer relies on', async () => {
    const { findings } = await checkReports(report('/base/live/v1/reports/a.pdf', { id: 'a', secretly: 1 }));
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toContainEqual(
      expect.stringMatching(/^pact\.expects-too-much .*Relies on secretly, which the spec does not name/),
    );
  });

  it('is said to be unknown by each gate that cannot find its operation', async () => {
    const { findings } = await checkReports(report('/v1/report/a.pdf'));
    expect(findings.map(({ code }) => code).sort()).toEqual([
      'pact.breaks-spec',
      'pact.refused-by-mock',
      'pact.unchecked',
    ]);
  });
});
