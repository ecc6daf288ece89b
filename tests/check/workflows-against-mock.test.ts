import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workflowsAgainstMock } from '../../scripts/check/gates.ts';
import { SetupError } from '../../scripts/cli/command.ts';
import { Project } from '../../scripts/cli/config.ts';
import type { Finding } from '../../scripts/cli/finding.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { openTestContext } from './open-test-context.ts';

const spec = join(process.cwd(), 'tests/mock/fixtures/tram-auth.yaml');

/** Runs the gate on a document with this text. */
async function runText(text: string, specFile = spec): Promise<Finding[]> {
  const folder = makeTemporaryFolder();
  writeFileSync(join(folder, 'trips.arazzo.yaml'), text);
  const project = new Project(join(folder, 'contract.config.ts'), {
    spec: specFile,
    workflows: ['trips.arazzo.yaml'],
  });
  const { spec: document = expect.fail('the spec cannot be read') } = await readSpec(specFile);
  return workflowsAgainstMock.run(openTestContext({ project, spec: document, pacts: [] }));
}

const run = (workflow: object, specFile?: string): Promise<Finding[]> =>
  runText(JSON.stringify({ arazzo: '1.0.1', workflows: [{ workflowId: 'trip', ...workflow }] }), specFile);

const isFine = [{ condition: '$statusCode == 200' }];

const signIn = {
  stepId: 'sign-in',
  operationId: 'issueTokens',
  requestBody: {
    contentType: 'application/x-www-form-urlencoded',
    payload: { grant_type: 'password', client_id: 'app', username: '$inputs.name', password: 'x' },
  },
  successCriteria: isFine,
  outputs: { access: '$response.body#/access_token', refresh: '$response.body#/refresh_token' },
};

const refresh = {
  stepId: 'refresh',
  operationId: '$sourceDescriptions.trams.issueTokens',
  requestBody: {
    contentType: 'application/x-www-form-urlencoded',
    payload: {
      grant_type: 'refresh_token',
      client_id: 'app',
      refresh_token: '$steps.sign-in.outputs.refresh',
    },
  },
  successCriteria: isFine,
  outputs: { access: '$response.body#/access_token' },
};

const listPasses = {
  stepId: 'list',
  operationPath: '{$sourceDescriptions.trams.url}#/paths/~1passes/get',
  parameters: [{ name: 'Authorization', in: 'header', value: 'Bearer {$steps.refresh.outputs.access}' }],
  successCriteria: [
    { condition: "$statusCode == 200 && !($response.body#/0 != 'DAY PASS' || $statusCode >= 300)" },
    { context: '$response.body', type: 'jsonpath', condition: "$[?@ == 'day pass']" },
    {
      context: '$response.header.Content-Type',
      type: { type: 'regex', version: 'x' },
      condition: '^application/json',
    },
  ],
};

const inputs = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };

/** Runs one step that opens a ticket, with a success criterion. */
const openTicket = (criterion: object, step: object = {}): Promise<Finding[]> =>
  run({
    steps: [
      {
        stepId: 'open',
        operationId: 'openTicket',
        parameters: [
          { name: 'pass', in: 'path', value: 'day/1' },
          { name: 'lines', in: 'query', value: [4, 7] },
        ],
        successCriteria: [criterion],
        ...step,
      },
    ],
  });

describe('the workflows-against-mock gate', () => {
  it('finds nothing where the tokens of each step are good for the next', async () => {
    const outputs = { token: '$steps.refresh.outputs.access' };
    expect(await run({ inputs, steps: [signIn, refresh, listPasses], outputs })).toEqual([]);
  });

  it('finds a token that is used twice, at its criterion, with the reason', async () => {
    const again = { ...refresh, stepId: 'again' };
    const findings = await run({ inputs, steps: [signIn, refresh, again, listPasses] });
    expect(findings).toMatchObject([
      {
        code: 'workflow.breaks-mock',
        at: { pointer: '#/workflows/0/steps/2/successCriteria/0', line: 1 },
      },
    ]);
    expect(findings[0]?.message).toMatch(
      /^trip, step again: the mock responds with 400 \(.*The refresh-token was spent before\. That revoked .*\), expected \$statusCode == 200\.$/,
    );
    expect(JSON.stringify(findings)).not.toMatch(/-token-\d/);
  });

  it('finds a failure of a step that has no criteria', async () => {
    const { successCriteria: _, ...list } = listPasses;
    const parameters = [{ name: 'Authorization', in: 'header', value: 'Bearer made-up' }];
    expect(await run({ steps: [{ ...list, parameters }] })).toMatchObject([
      { message: expect.stringMatching(/step list: the mock responds with 401 .*expected a success\.$/) },
    ]);
  });

  it('finds an output that is not in the response', async () => {
    const outputs = { access: '$response.body#/acces_token' };
    expect(await run({ inputs, steps: [{ ...signIn, outputs }] })).toMatchObject([
      {
        message: 'trip, step sign-in: the output access is empty: nothing is at $response.body#/acces_token.',
      },
    ]);
    expect(
      await run({ inputs, steps: [signIn], outputs: { id: '$steps.sign-in.outputs.id' } }),
    ).toMatchObject([{ message: expect.stringContaining('trip: the output id is empty') }]);
  });

  it('has the mock issue a token for an input, and refuses a kind that there is not', async () => {
    const runWith = (kind: string) =>
      run({
        inputs: { type: 'object', properties: { token: { type: 'string', 'x-token-kind': kind } } },
        steps: [
          {
            ...listPasses,
            parameters: [{ name: 'Authorization', in: 'header', value: 'Bearer {$inputs.token}' }],
          },
        ],
      });
    expect(await runWith('access-token')).toEqual([]);
    expect(await runWith('season-ticket')).toMatchObject([
      {
        code: 'workflow.not-run',
        message: expect.stringContaining('expected access-token or refresh-token'),
      },
    ]);
  });

  it('gives an input its example, and leaves out an optional one that has none', async () => {
    const properties = { name: { type: 'string', examples: ['mia'] }, mood: { enum: ['good'] } };
    const echo = (condition: string) =>
      run({
        inputs: { ...inputs, properties },
        steps: [{ ...signIn, successCriteria: [{ condition }] }],
      });
    expect(await echo("$request.body#/username == 'mia' && $inputs.mood != 'good'")).toEqual([]);
    expect(await echo("$request.body#/username == 'tom'")).toHaveLength(1);
  });

  it('stops at a redirect, and writes parameters in the style of the spec', async () => {
    expect(await openTicket({ condition: '$statusCode == 302' })).toEqual([]);
    const location = (condition: string) =>
      openTicket({ context: '$response.header.location', type: 'regex', condition });
    expect(await location('^/tickets/[0-9]+$')).toEqual([]);
    expect(await location('^/elsewhere')).toHaveLength(1);
    const url = {
      context: '$url',
      type: 'regex',
      condition: String.raw`/passes/day%2F1/ticket\?lines=4%7C7$`,
    };
    expect(await openTicket(url)).toEqual([]);
  });

  it.each([
    ["$method == 'get'", true],
    ["$method == 'it''s'", false],
    ['$statusCode > 301 && $statusCode <= 302', true],
    ['$statusCode < 302', false],
    ['$statusCode < 302 && $statusCode == 302', false],
    ['$statusCode == 302 || $statusCode == 200 && 1 == 2', true],
    ['!($statusCode == 302)', false],
    ['$response.header.x-none == null', false],
    ["$statusCode == '302'", false],
    ['true', true],
  ])('takes %s for %s', async (condition, isTrue) => {
    expect(await openTicket({ condition })).toHaveLength(isTrue ? 0 : 1);
  });

  it.each([
    [{ condition: '$statusCode = 302' }, 'malformed'],
    [{ condition: '$statusCode == 302 &&' }, 'malformed'],
    [{ condition: '($statusCode == 302' }, 'malformed'],
    [{ condition: '$statusCode 302' }, 'malformed'],
    [{ condition: '$workflows.a.outputs.b == 1' }, 'not supported here'],
    [{ condition: '$steps.later.outputs.b == 1' }, 'names no earlier step'],
    [{ condition: '(', type: 'regex', context: '$url' }, 'malformed'],
    [{ condition: '$[', type: 'jsonpath', context: '$response.body' }, 'malformed'],
    [{ condition: '^/', type: 'regex' }, 'without a context'],
  ])('does not run the criterion %j, and says so', async (criterion, reason) => {
    expect(await openTicket(criterion)).toMatchObject([
      {
        code: 'workflow.not-run',
        message: expect.stringContaining(reason),
        at: { pointer: '#/workflows/0/steps/0' },
      },
    ]);
  });

  it('does not run what is not supported or malformed, and says where; other workflows are run', async () => {
    const step = { stepId: 'open', operationId: 'openTicket' };
    const workflows = [
      { workflowId: 'retry', steps: [{ ...step, onFailure: [] }] },
      { workflowId: 'nested', steps: [{ stepId: 'a', workflowId: 'retry' }] },
      { workflowId: 'empty', steps: [] },
      { workflowId: 'unknown', steps: [{ stepId: 'a', operationId: 'closeTicket' }] },
      { workflowId: 'bad', steps: [{ ...step, successCriteria: isFine }] },
    ];
    const findings = await runText(JSON.stringify({ arazzo: '1.0.1', workflows }));
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^retry: Found "onFailure" in steps\/0, which is not supported here/),
      expect.stringContaining('nested: Found "workflowId" in steps/0'),
      expect.stringContaining('empty: steps must NOT have fewer than 1 items'),
      expect.stringContaining('The spec has no operation closeTicket'),
      expect.stringContaining('bad, step open: the mock responds with'),
    ]);
    expect(findings[0]?.at.pointer).toBe('#/workflows/0/steps/0');
  });

  it.each([
    ['openapi: 3.1.0', "the document must have required property 'arazzo'"],
    ['a: [', 'Not valid YAML'],
  ])('does not run the document %s', async (text, reason) => {
    expect(await runText(text)).toMatchObject([
      {
        code: 'workflow.not-run',
        message: expect.stringContaining(reason),
        at: { line: expect.any(Number) },
      },
    ]);
  });

  it('runs workflows on a mock without sessions, too', async () => {
    const bookshop = join(process.cwd(), 'tests/mock/fixtures/bookshop.yaml');
    const { spec: document } = await readSpec(bookshop);
    const path = Object.keys(document?.document.paths ?? {})[0] ?? '';
    const step = { stepId: 'a', operationPath: `#/paths/${path.replaceAll('/', '~1')}/get` };
    expect(
      await run({ steps: [{ ...step, successCriteria: [{ condition: '$statusCode > 0' }] }] }, bookshop),
    ).toEqual([]);
  });

  it('needs the document that the config names', () => {
    const project = new Project(join(makeTemporaryFolder(), 'contract.config.ts'), {
      spec,
      workflows: ['none.yaml'],
    });
    expect(() => project.workflows).toThrow(SetupError);
    expect(() => project.workflows).toThrow('workflows[0] is "none.yaml"');
  });
});
