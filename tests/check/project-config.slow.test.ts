import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../scripts/check/command.ts';
import type { Finding } from '../../scripts/cli/finding.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const train = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const spec = {
  openapi: '3.1.0',
  info: { title: 'Trains', version: '1.0.0' },
  paths: {
    '/trains/{id}': {
      get: {
        operationId: 'getTrain',
        security: [],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' }, example: 7 }],
        responses: {
          200: {
            description: 'A train.',
            content: {
              'application/json': {
                schema: train,
                examples: {
                  express: { value: { name: 'IC 7' }, 'x-provider-state': 'the express runs' },
                  local: { value: { name: 'S 1' }, 'x-provider-state': 'the local train runs' },
                },
              },
            },
          },
        },
      },
    },
  },
};
const inState = (description: string, state: string, name: string): object => ({
  description,
  providerStates: [{ name: state, params: { id: 7 } }],
  request: { method: 'GET', path: '/trains/7' },
  response: { status: 200, headers: { 'Content-Type': 'application/json' }, body: { name } },
});
const interactions = [
  inState('an express', 'train 7 exists', 'IC 7'),
  inState('a local train', 'the local train runs', 'S 1'),
];

function writeProject(config: object, changed: readonly object[] = interactions): string {
  const folder = makeTemporaryFolder();
  const pact = { consumer: { name: 'app' }, provider: { name: 'rail' }, interactions: changed };
  mkdirSync(join(folder, 'pacts'));
  const metadata = { pactSpecification: { version: '3.0.0' } };
  writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec));
  writeFileSync(join(folder, 'pacts', 'app-rail.json'), JSON.stringify({ ...pact, metadata }));
  const file = join(folder, 'contract.config.mjs');
  const whole = { spec: 'spec.json', ...config };
  writeFileSync(file, `export default ${JSON.stringify(whole)};`);
  return file;
}

interface Outcome {
  exitCode: number;
  findings: Finding[];
  ignored: { finding: Finding; reason: string }[];
}

async function check(configFile: string, ...args: string[]): Promise<Outcome> {
  const printed: string[] = [];
  const context = { stdout: (line: string) => printed.push(line), stderr: () => {}, env: {} };
  const exitCode = await command.run(['--config', configFile, '--json', ...args], context);
  const report = JSON.parse(printed.join('\n')) as {
    findings: Finding[];
    gates: { findings: Finding[]; ignored?: Outcome['ignored'] }[];
  };
  const { findings, gates } = report;
  return {
    exitCode,
    findings: [...findings, ...gates.flatMap((gate) => gate.findings)],
    ignored: gates.flatMap(({ ignored = [] }) => ignored),
  };
}

const codesOf = ({ findings }: Outcome): string[] => findings.map(({ code }) => code);
const pactOf = (file: string): string => join(file, '..', 'pacts', 'app-rail.json');

describe('the config of a check', () => {
  it('maps a state of the pact to one of the spec, whose example then has to fit', async () => {
    const states = { 'train 7 exists': 'the express runs' };
    const mapped = writeProject({ states });
    const only = ['--only', 'pact-against-mock'];
    expect(await check(mapped, '--pact', pactOf(mapped), ...only)).toMatchObject({
      exitCode: 0,
      findings: [],
    });
    const wrong = writeProject({ states }, [inState('an express', 'train 7 exists', 'S 1')]);
    expect(codesOf(await check(wrong, '--pact', pactOf(wrong), ...only))).toEqual(['pact.refused-by-mock']);
  });

  it('leaves a state that the spec does not know a warning, and replays its interaction', async () => {
    const file = writeProject({});
    const outcome = await check(file, '--pact', pactOf(file), '--only', 'pact-against-mock');
    expect(outcome).toMatchObject({
      exitCode: 0,
      findings: [{ code: 'pact.unknown-state', severity: 'warning' }],
    });
    const wrong = writeProject({}, [withNumber(inState('an express', 'train 7 exists', 'IC 7'))]);
    expect((await check(wrong, '--pact', pactOf(wrong), '--only', 'pact-against-mock')).exitCode).toBe(1);
  });

  it('names the provider, and refuses the pacts of others', async () => {
    const file = writeProject({ provider: 'ferries' });
    expect(codesOf(await check(file, '--pact', pactOf(file)))).toEqual(['pact.other-provider']);
    const args = ['--pact', pactOf(file), '--only', 'pact-against-spec', '--provider', 'rail'];
    expect(codesOf(await check(file, ...args))).toEqual([]);
  });

  it('ignores what it lists, counts it, and warns of what no finding matched in a whole run', async () => {
    const ignore = [
      { code: 'pact.unknown-state', interaction: 'an express', reason: 'the provider names no states' },
      { code: 'pact.breaks-spec', operation: 'getTrain', reason: 'fixed last year' },
    ];
    const severities = { 'spec.lint': 'off', 'pact.relies-on-optional': 'off' };
    const file = writeProject({ gates: { ignore, severities }, pacts: 'pacts' });
    const pact = ['--pact', pactOf(file)];
    const part = await check(file, ...pact);
    expect(part.findings).toEqual([]);
    expect(part.ignored).toMatchObject([
      { finding: { code: 'pact.unknown-state' }, reason: 'the provider names no states' },
    ]);
    const whole = await check(file);
    expect(whole.findings.filter(({ code }) => code.startsWith('config.'))).toMatchObject([
      {
        severity: 'warning',
        message: expect.stringContaining('(fixed last year), and no finding matched it'),
      },
    ]);
  });
});

function withNumber(interaction: object): object {
  return { ...interaction, response: { status: 200, body: { name: 5 } } };
}
