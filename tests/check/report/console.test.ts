import { describe, expect, it } from 'vitest';
import { formatConsole } from '../../../scripts/check/report/console.ts';
import { sampleReport } from './sample-report.ts';

describe('formatConsole', () => {
  it('gives each gate a line, then each finding with its place, then the count', () => {
    expect(formatConsole(sampleReport)).toContain('contracts/pacts/pact.json:3:5 error pact.breaks-spec: ');
  });
});
