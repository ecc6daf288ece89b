import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLintReport } from '../../contracts/gates/source-lint.ts';
import { readTypeErrors } from '../../scripts/check/gates/types.ts';

describe('readTypeErrors', () => {
  it('reads each error with its place', () => {
    const printed =
      "src/a.ts(3,14): error TS2322: Type '(x) => 1' is no string.\n  More of it.\nsrc/b.ts(1,1): error TS1: No.\n";
    expect(readTypeErrors(printed)).toEqual([
      {
        code: 'source.type',
        severity: 'error',
        message: "TS2322: Type '(x) => 1' is no string.",
        at: { file: 'src/a.ts', line: 3, column: 14 },
      },
      {
        code: 'source.type',
        severity: 'error',
        message: 'TS1: No.',
        at: { file: 'src/b.ts', line: 1, column: 1 },
      },
    ]);
  });

  it('reads nothing out of a clean run', () => {
    expect(readTypeErrors('')).toEqual([]);
  });
});

describe('readLintReport', () => {
  const line = (level: string, title: string) =>
    `::${level} title=${title},file=${resolve('src/a.ts')},line=2,endLine=2,col=7,endColumn=10::Unexpected, any`;

  it('reads errors and warnings with their place and rule', () => {
    const printed = `${line('error', 'lint/suspicious/noExplicitAny')}\n${line('warning', 'lint/style/useConst')}\nFound 2.\n`;
    const at = { file: 'src/a.ts', line: 2, column: 7 };
    expect(readLintReport(printed)).toEqual([
      {
        code: 'source.lint',
        severity: 'error',
        message: 'Unexpected, any (lint/suspicious/noExplicitAny)',
        at,
      },
      { code: 'source.lint', severity: 'error', message: 'Unexpected, any (lint/style/useConst)', at },
    ]);
  });

  it('names the command that mends the formatting', () => {
    expect(readLintReport(line('error', 'format'))[0]?.message).toBe(
      'Unexpected, any. Run `npm run format`. (format)',
    );
  });

  it('reads nothing out of a clean run', () => {
    expect(readLintReport('')).toEqual([]);
  });
});
