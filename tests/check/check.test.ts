import { describe, expect, it } from 'vitest';
import type { Gate, GateContext } from '../../scripts/check/gates/gate.ts';
import { selectGates } from '../../scripts/check/gates.ts';
import { runGates } from '../../scripts/check/run.ts';
import { SetupError } from '../../scripts/cli/command.ts';
import type { Finding } from '../../scripts/cli/finding.ts';

const context = {} as GateContext;
const finding: Finding = {
  code: 'spec.lint',
  severity: 'error',
  message: 'Something is wrong.',
  at: { file: 'openapi/nexudus-auth.yaml', line: 3, column: 5 },
};

const gate = (name: string, run: Gate['run']): Gate => ({ name, subject: 'spec', standard: 'rules', run });
const endAfter =
  (durationMs: number, findings: Finding[] = []) =>
  () =>
    new Promise<Finding[]>((resolve) => setTimeout(resolve, durationMs, findings));

describe('runGates', () => {
  it('runs the gates side by side, and keeps their order', async () => {
    const ended: string[] = [];
    const gates = [gate('slow', endAfter(40)), gate('fast', endAfter(1, [finding]))];
    const results = await runGates(gates, context, {
      onEnd: (result) => ended.push(result.gate.name),
    });
    expect(ended).toEqual(['fast', 'slow']);
    expect(results.map((result) => [result.gate.name, result.findings])).toEqual([
      ['slow', []],
      ['fast', [finding]],
    ]);
  });

  it('keeps one of the findings that say the same of one place', async () => {
    const elsewhere = { ...finding, at: { ...finding.at, line: 4 } };
    const repeating = gate('repeating', endAfter(0, [finding, elsewhere, { ...finding }]));
    const [result] = await runGates([repeating], context);
    expect(result?.findings).toEqual([finding, elsewhere]);
  });

  it('runs no more gates at a time than it is told to', async () => {
    let running = 0;
    let most = 0;
    const counting = async (): Promise<Finding[]> => {
      most = Math.max(most, ++running);
      await endAfter(5)();
      running -= 1;
      return [];
    };
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => gate(name, counting));
    await runGates(many, context, { concurrency: 2 });
    expect(most).toBe(2);
  });

  it('starts no further gate once one has failed, if it is to bail', async () => {
    const inOrder = [
      gate('good', endAfter(0)),
      gate('bad', endAfter(0, [finding])),
      gate('late', endAfter(0)),
    ];
    const verdictsOf = async (bail: boolean) =>
      (await runGates(inOrder, context, { concurrency: 1, bail })).map(({ verdict }) => verdict);
    expect(await verdictsOf(true)).toEqual(['passed', 'failed', 'not run']);
    expect(await verdictsOf(false)).toEqual(['passed', 'failed', 'passed']);
  });

  it('keeps what the others find when a gate throws, and says of that gate what it threw', async () => {
    const gates = [
      gate('broken', () => Promise.reject(new SetupError('nothing is installed'))),
      gate('defect', () => {
        throw new TypeError('x is not a function');
      }),
      gate('bad', endAfter(0, [finding])),
      gate('good', endAfter(0)),
    ];
    const results = await runGates(gates, context, { concurrency: 1 });
    expect(results.map(({ verdict, findings, problem }) => [verdict, findings.length, problem])).toEqual([
      ['broken', 0, 'nothing is installed'],
      [
        'broken',
        0,
        expect.stringMatching(/^This is a defect of the gate\. TypeError: x is not a function\n +at /),
      ],
      ['failed', 1, undefined],
      ['passed', 0, undefined],
    ]);
  });

  it('starts no further gate after one that throws, if it is to bail', async () => {
    const gates = [gate('broken', () => Promise.reject(new SetupError('no'))), gate('late', endAfter(0))];
    const results = await runGates(gates, context, { concurrency: 1, bail: true });
    expect(results.map(({ verdict }) => verdict)).toEqual(['broken', 'not run']);
  });
});

describe('selectGates', () => {
  const gates = ['one', 'two', 'three'].map((name) => gate(name, endAfter(0)));
  const namesOf = (only?: string, skip?: string) => selectGates(gates, only, skip).map(({ name }) => name);

  it('takes all gates unless told otherwise', () => {
    expect(namesOf()).toEqual(['one', 'two', 'three']);
  });

  it('keeps the order of the gates, whatever the order of the names', () => {
    expect(namesOf('three, one')).toEqual(['one', 'three']);
    expect(namesOf(undefined, 'two')).toEqual(['one', 'three']);
    expect(namesOf('one,two', 'two')).toEqual(['one']);
  });

  it.each([
    ['four', undefined, '--only: there is no gate "four". The gates are one, two, three.'],
    [undefined, 'one,', '--skip: there is no gate "". The gates are one, two, three.'],
    ['one', 'one', '--only and --skip leave no gate to run. Name at least one gate that --skip does not.'],
  ])('refuses --only %s --skip %s', (only, skip, message) => {
    expect(() => namesOf(only, skip)).toThrow(new SetupError(message));
  });
});
