import { describe, expect, it } from 'vitest';
import { formatReport } from '../../../scripts/dev/bench/growth.ts';
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

  it('says of each row that is measured which targets it reaches, just or not', () => {
    const openapiBackend: Row = {
      name: 'openapi-backend',
      title: 'openapi-backend',
      samples: [sample(1, 1, 9001, 1)],
    };
    const bare: Row = { name: 'bare', title: 'bare', samples: [sample(200, 20_000, 1, 60)] };
    const ours: Row = { ...built, samples: [sample(250, 15_000, 10_000, 73)] };
    expect(formatResults([prism, ours, openapiBackend, bare])).toEqual([
      'reached  this mock, built: different/s: 10.0 of Prism CLI, at least 10',
      'reached  this mock, built: different/s: 1.11 of openapi-backend, at least 1',
      'reached  this mock, built: repeated/s: 0.75 of bare, at least 0.7',
      'reached  this mock, built: start: 1.25 of bare, at most 1.25',
      'missed   this mock, built: memory: 1.22 of bare, at most 1.2',
    ]);
    const worlds: Row = { name: 'worlds', title: 'worlds', samples: [sample(1, 9000, 5000, 1)] };
    expect(formatResults([ours, worlds, absent])).toEqual([
      'missed   worlds: different/s: 0.50 of this mock, built, at least 0.6',
      'reached  worlds: repeated/s: 0.60 of this mock, built, at least 0.6',
    ]);
    expect(formatResults([ours])).toEqual([]);
  });
});

it('the growth of the mock is told by its medians, and by which targets it reaches', () => {
  const lines = formatReport({
    prism: [sample(9000, 100, 90, 400)],
    'mock, no cache': [sample(4500, 9000, 8000, 300), sample(100, 9000, 8000, 300), sample(9000, 1, 1, 1)],
    'mock, empty cache': [sample(4600, 9000, 8000, 300)],
    'mock, warm cache': [sample(1801, 9000, 6000, 150)],
    'prism, small': [sample(1000, 900, 800, 100)],
    'mock, small': [sample(300, 15_000, 10_000, 70)],
  });
  expect(lines.slice(2)).toEqual([
    'mock, no cache         4,500          300        8,000       9,000',
    'mock, empty cache      4,600          300        8,000       9,000',
    'mock, warm cache       1,801          150        6,000       9,000',
    'prism, small           1,000          100          800         900',
    'mock, small              300           70       10,000      15,000',
    '',
    'reached  start without a cache: 0.50 of prism, at most 0.5',
    'missed   start with an empty cache: 0.51 of prism, at most 0.5',
    'missed   start with a warm cache: 0.20 of prism, at most 0.2',
    'reached  memory: 0.38 of prism, at most 0.5',
    'missed   different/s: 0.60 of mock, small, at least 0.67',
  ]);
});
