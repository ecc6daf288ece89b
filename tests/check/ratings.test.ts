import { describe, expect, it } from 'vitest';
import type { GateContext } from '../../scripts/check/gates/gate.ts';
import { createRating } from '../../scripts/check/ratings.ts';
import { runGates } from '../../scripts/check/run.ts';
import { type ContractConfig, Project } from '../../scripts/cli/config.ts';
import type { Finding } from '../../scripts/cli/finding.ts';
import type { Spec } from '../../scripts/openapi/read-spec.ts';
import type { PactDocument } from '../../scripts/pact/read-pact.ts';

const paths = {
  '/trains/{id}': {
    get: {
      operationId: 'getTrain',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 204: { description: 'A train.' } },
    },
  },
};
const spec: Spec = {
  file: 'spec.json',
  document: { openapi: '3.1.0', info: { title: 'Trains', version: '1' }, paths } as Spec['document'],
  locate: (pointer) => ({ file: 'spec.json', pointer }),
};
const pact: PactDocument = {
  file: 'pact.json',
  pact: {
    consumer: { name: 'a passenger' },
    provider: { name: 'a railway' },
    interactions: [
      { description: 'a train', request: { method: 'GET', path: '/trains/7' }, response: { status: 204 } },
      { description: 'a bus', request: { method: 'GET', path: '/buses/7' }, response: { status: 204 } },
    ],
  },
  locate: (pointer) => ({ file: 'pact.json', pointer }),
};

const finding = (pointer: string, more: Partial<Finding> = {}): Finding => ({
  code: 'pact.sends-invalid',
  severity: 'error',
  message: 'No.',
  at: { file: pact.file, pointer },
  ...more,
});
const ofTrain = finding('#/interactions/0/request/query/a');
const ofBus = finding('#/interactions/1');
const ofSpec = finding('#/paths/~1trains~1{id}/get/responses/204', {
  code: 'pact.misses-answer',
  at: { file: spec.file, pointer: '#/paths/~1trains~1{id}/get/responses/204' },
});

const documentsOf = (
  gates: NonNullable<ContractConfig['gates']>,
): Pick<GateContext, 'spec' | 'pacts' | 'project'> => ({
  spec,
  pacts: [pact],
  project: new Project('/shop/contract.config.ts', { spec: 'a.yaml', gates }),
});

describe('the ratings of a config', () => {
  it('give a code another severity, or leave it out', () => {
    const { rate } = createRating(
      documentsOf({ severities: { 'pact.sends-invalid': 'warning', 'pact.misses-answer': 'off' } }),
    );
    expect(rate([ofTrain, ofSpec])).toEqual({ findings: [{ ...ofTrain, severity: 'warning' }], ignored: [] });
  });

  it.each([
    ['a code', {}, [ofTrain, ofBus]],
    ['an interaction', { interaction: 'a bus' }, [ofBus]],
    ['an operation by its path', { operation: 'GET /trains/{id}' }, [ofTrain]],
    ['an operation by its id', { operation: 'getTrain' }, [ofTrain]],
    [
      'an operation and an interaction that does not call it',
      { operation: 'getTrain', interaction: 'a bus' },
      [],
    ],
  ])('ignore the findings of %s, with the reason', (_title, rule, expected) => {
    const ignore = [{ code: 'pact.sends-invalid', reason: 'known', ...rule } as const];
    const { findings, ignored } = createRating(documentsOf({ ignore })).rate([ofTrain, ofBus, ofSpec]);
    expect(ignored).toEqual(expected.map((one) => ({ finding: one, reason: 'known' })));
    expect(findings).toHaveLength(3 - expected.length);
  });

  it('ignore the findings of an operation in the spec, too', () => {
    const ignore = [{ code: 'pact.misses-answer', operation: 'getTrain', reason: 'not used' } as const];
    expect(createRating(documentsOf({ ignore })).rate([ofSpec])).toMatchObject({ findings: [] });
  });

  it('warn of an ignore that no finding matched, once all were rated', () => {
    const ignore = [
      { code: 'pact.sends-invalid', interaction: 'a bus', reason: 'known' } as const,
      { code: 'pact.sends-invalid', interaction: 'a tram', reason: 'was fixed' } as const,
    ];
    const { rate, listStale } = createRating(documentsOf({ ignore }));
    rate([ofTrain, ofBus]);
    expect(listStale()).toEqual([
      {
        code: 'config.unused-ignore',
        severity: 'warning',
        message:
          'gates.ignore has pact.sends-invalid for the interaction "a tram" (was fixed), and no finding matched it. ' +
          'Remove it, or correct it.',
        at: { file: '/shop/contract.config.ts' },
      },
    ]);
  });
});

describe('the verdict on a gate', () => {
  const verdictOf = async (found: readonly Finding[], failOn?: Finding['severity']) => {
    const gate = { name: 'a', subject: 'pact', standard: 'spec', run: async () => [...found] };
    const context = documentsOf({}) as GateContext;
    const [result] = await runGates([gate], context, failOn === undefined ? {} : { failOn });
    return result?.verdict;
  };

  it('is that it passed with warnings alone, unless these are to fail it', async () => {
    const warning = { ...ofTrain, severity: 'warning' } as const;
    expect(await verdictOf([warning])).toBe('passed');
    expect(await verdictOf([warning], 'warning')).toBe('failed');
    expect(await verdictOf([ofTrain])).toBe('failed');
    expect(await verdictOf([])).toBe('passed');
  });
});
