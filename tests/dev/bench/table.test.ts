import { describe, expect, it } from 'vitest';
import { formatResults, formatTable, type Row, summarize } from '../../../scripts/dev/bench/mock.ts';
import type { Sample } from '../../../scripts/dev/bench/mock-contestants.ts';

const sample = (startMs: number, repeated: number, different: number, memoryMiB: number): Sample => ({
  startMs,
  repeated,
  different,
  memoryMiB,
});

const prism: Row = {
  name: 'prism',
  title: 'Prism CLI',
  validates: true,
  samples: [sample(900, 900, 800, 100), sample(1000, 1000, 1000, 120), sample(5000, 1100, 1200, 100)],
};
const built: Row = {
  name: 'built',
  title: 'this mock, built',
  validates: true,
  samples: [sample(300, 15_000, 2900, 70)],
};
const absent: Row = { name: 'scalar', title: 'Scalar', samples: [], absence: 'it does not start' };

describe('the table of the benchmark', () => {
  it('takes the median of each figure', () => {
    expect(summarize(prism)).toEqual(sample(1000, 1000, 1000, 100));
    expect(summarize(absent)).toBeUndefined();
  });

  it('shows each figure as a share of Prism, and a dash with its reason for one that is missing', () => {
    expect(formatTable([prism, built, absent])).toEqual([
      'server            validates     start, ms     repeated/s   different/s  memory, MiB',
      'Prism CLI               yes  1,000 (1.00)   1,000 (1.00)  1,000 (1.00)   100 (1.00)',
      'this mock, built        yes    300 (0.30)  15,000 (15.0)  2,900 (2.90)    70 (0.70)',
      'Scalar                    -             -              -             -            -',
      '- Scalar: it does not start',
    ]);
  });

  it('shows figures without shares where Prism takes no part', () => {
    expect(formatTable([built])[1]).toBe(
      'this mock, built        yes        300      15,000        2,900           70',
    );
  });

  it('says which targets are reached, just or not', () => {
    expect(formatResults(built, [prism, built])).toEqual([
      "reached  start: 0.30 of Prism's, at most 0.3",
      "reached  repeated/s: 15.0 of Prism's, at least 15",
      "missed   different/s: 2.90 of Prism's, at least 3",
      "reached  memory: 0.70 of Prism's, at most 0.7",
    ]);
    expect(formatResults(built, [built])).toEqual([]);
  });
});
