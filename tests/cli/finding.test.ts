import { describe, expect, it } from 'vitest';
import { formatFinding, toLine } from '../../scripts/cli/finding.ts';

describe('toLine', () => {
  it.each([
    ['line breaks', 'one\r\n  two\u2028three\n', 'one two three '],
    ['tabs', 'one\ttwo', 'one two'],
    ['escape sequences', 'one\u001b[31m two\u001b]0;title\u0007 three\u009b2J', 'one two three'],
    ['control characters', 'o\u0000n\u0008e\u007f', 'one'],
    ['marks that turn the direction of writing', 'a\u202egnp.exe\u202c\u2066\u200f', 'agnp.exe'],
    ["GitHub's commands", '  ::stop-commands::token', ': :stop-commands::token'],
    ["GitHub's older commands", 'one ##[add-mask]two', 'one # #[add-mask]two'],
    ["Azure's commands", 'one ##vso[task.setvariable]two', 'one # #vso[task.setvariable]two'],
  ])('leaves no %s', (_title, text, line) => {
    expect(toLine(text)).toBe(line);
  });

  it('leaves other text as it is', () => {
    const text = 'Łukasz — "::error" \u{1f600} ## heading [a]';
    expect(toLine(text)).toBe(text);
  });
});

describe('formatFinding', () => {
  it('stays on one line, whatever a document holds', () => {
    const at = { file: 'a.json', line: 3, column: 5 };
    const message = 'one\n::error::forged\u001b[2J';
    expect(formatFinding({ code: 'pact.breaks-spec', severity: 'error', message, at })).toBe(
      'a.json:3:5 error pact.breaks-spec: one ::error::forged',
    );
  });
});
