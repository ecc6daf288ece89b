import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOutput } from '../../scripts/cli/output.ts';

afterEach(() => void vi.restoreAllMocks());

/** All that is written, in order, to a terminal of 20 columns or to none. */
function record({ isTTY }: { isTTY: boolean }): {
  output: ReturnType<typeof createOutput>;
  written: string[];
} {
  const written: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void written.push(`${line}\n`));
  vi.spyOn(console, 'error').mockImplementation((line) => void written.push(`${line}\n`));
  const write = (text: string): boolean => written.push(text) > 0;
  return { output: createOutput({ write, columns: 20, isTTY } as never), written };
}

describe('the output of a command', () => {
  it('shows progress in one line of a terminal, which the next line replaces', () => {
    const { output, written } = record({ isTTY: true });
    output.progress?.('1 of 2');
    output.progress?.('2 of 2');
    output.stdout('result');
    output.stderr('end');
    expect(written).toEqual(['\r\u001b[K1 of 2', '\r\u001b[K2 of 2', '\r\u001b[K', 'result\n', 'end\n']);
  });

  it('cuts progress to the width of the terminal, for what is wrapped cannot be erased', () => {
    const { output, written } = record({ isTTY: true });
    output.progress?.('x'.repeat(50));
    expect(written).toEqual([`\r\u001b[K${'x'.repeat(19)}`]);
  });

  it('leaves no progress behind when a command ends without a line', () => {
    const { output, written } = record({ isTTY: true });
    output.erase();
    output.progress?.('1 of 2');
    output.erase();
    expect(written).toEqual(['\r\u001b[K1 of 2', '\r\u001b[K']);
  });

  it('shows no progress where there is no terminal', () => {
    const { output, written } = record({ isTTY: false });
    output.stdout('result');
    output.erase();
    expect(output.progress).toBeUndefined();
    expect(written).toEqual(['result\n']);
  });
});
