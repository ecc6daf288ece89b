import { SetupError } from '../command.ts';
import type { Gate } from './gate.ts';

/**
 * Picks gates by the comma-separated names of `--only` and `--skip`. Without either, all of them.
 *
 * @throws {SetupError} for a name that no gate has, and when no gate is left
 */
export function selectGates(
  gates: readonly Gate[],
  only: string | undefined,
  skip: string | undefined,
): Gate[] {
  const wanted = only === undefined ? gates.map(({ name }) => name) : readNames(gates, '--only', only);
  const unwanted = skip === undefined ? [] : readNames(gates, '--skip', skip);
  const selected = gates.filter(({ name }) => wanted.includes(name) && !unwanted.includes(name));
  if (selected.length === 0) {
    throw new SetupError('--only and --skip leave no gate to run.');
  }
  return selected;
}

function readNames(gates: readonly Gate[], option: string, text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const known = gates.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new SetupError(`${option}: there is no gate "${unknown}". The gates are ${known.join(', ')}.`);
  }
  return names;
}
