import { describe, expect, it } from 'vitest';
import { command, formatResults, formatTable, type Row } from '../../../scripts/dev/bench/client.ts';
import { checkCalls, readDiagnostics, stubFetch } from '../../../scripts/dev/bench/client-measure.ts';
import { callAll as callOwn } from '../../../scripts/dev/bench/consumers/own.ts';

const base: Row = {
  name: 'openapi-fetch',
  title: 'openapi-fetch',
  figures: { gzipped: 3000, instantiations: 1000, callMicroseconds: 10, generateMs: 500 },
  absences: [],
};
const own: Row = {
  name: 'own',
  title: 'this client',
  figures: { gzipped: 4000, instantiations: 251, callMicroseconds: 11, generateMs: 501, idleMs: 150 },
  absences: [],
};
const absent: Row = { name: 'orval', title: 'orval', figures: {}, absences: ['bundle: it has no code'] };

describe('the table of the clients', () => {
  it('shows figures with their share, and a dash with its reason for one that is missing', () => {
    const [, first, second, third, reason] = formatTable([base, own, absent]);
    expect(first).toMatch(/^openapi-fetch +- +3,000 \(1\.00\) +- +1,000 \(1\.00\) +10\.0 \(1\.00\)/);
    expect(second).toMatch(/ 4,000 \(1\.33\) .* 251 \(0\.25\) .* 501 \(1\.00\) +150$/);
    expect(third).toMatch(/^orval( +-){7}$/);
    expect(reason).toBe('- orval: bundle: it has no code');
  });

  it('says which targets are reached, just or not', () => {
    expect(formatResults([base, own])).toEqual([
      "reached  gzipped: 1.000 kB more than openapi-fetch's, at most 1",
      "missed   instantiations: 0.251 of openapi-fetch's, at most 0.25",
      "reached  call: 1.100 of openapi-fetch's, at most 1.1",
      "missed   generate: 1.002 of openapi-typescript's, at most 1",
      "reached  nothing to do: 0.300 of openapi-typescript's, at most 0.3",
    ]);
    expect(formatResults([own])).toEqual([]);
  });
});

describe('what TypeScript prints', () => {
  it('is read', () => {
    expect(readDiagnostics('Files: 3\nTypes:          120\nInstantiations: 45\n')).toEqual({
      types: 120,
      instantiations: 45,
    });
  });

  it('is refused without its figures', () => {
    expect(() => readDiagnostics('Types: 120\n')).toThrow('Instantiations');
  });
});

describe('the calls of a consumer', () => {
  it('are refused where it gives something else', async () => {
    await expect(checkCalls(async () => ['access-token-1'])).rejects.toThrow();
  });

  it('are right where it is this client over the stub', async () => {
    const { fetch } = globalThis;
    globalThis.fetch = stubFetch;
    try {
      await checkCalls(callOwn);
    } finally {
      globalThis.fetch = fetch;
    }
  });
});

describe('the benchmark refuses', () => {
  it.each([
    [['--rounds', '0'], '--rounds is "0"'],
    [['--runs', 'x'], '--runs is "x"'],
  ])('client %j', async (args, message) => {
    await expect(command.run(args, { stdout: () => {}, stderr: () => {}, env: {} })).rejects.toThrow(message);
  });
});
