import { command } from '../../check/command.ts';
import type { Finding } from '../../cli/finding.ts';
import type { Trouble } from './problem.ts';

/** What `check --json` prints, as far as it is read here. */
interface CheckResults {
  findings: Finding[];
  gates: { name: string; problem?: string; findings: Finding[] }[];
}

/**
 * Runs `contract-kit check` on a document, without a pact and without a config.
 */
export async function checkSpec(file: string): Promise<true | Trouble[]> {
  const printed: string[] = [];
  const exitCode = await command.run(['--spec', file, '--json', '--timeout', '55'], {
    stdout: (line) => printed.push(line),
    stderr: () => {},
    env: {},
  });
  return exitCode === 0 ? true : readTroubles(JSON.parse(printed.join('\n')));
}

function readTroubles({ findings, gates }: CheckResults): Trouble[] {
  const broken = gates.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [{ message: `${name}: ${problem}` }],
  );
  const errors = [...findings, ...gates.flatMap((gate) => gate.findings)].filter(
    ({ severity }) => severity === 'error',
  );
  return [...broken, ...errors.map(toTrouble)];
}

/** Turns a finding into a problem. */
export function toTrouble({ message, code, at }: Finding): Trouble {
  return { message: `${message}\n${at.pointer ?? ''} (line ${at.line ?? 1})`, code };
}
